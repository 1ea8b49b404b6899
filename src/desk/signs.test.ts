import { expect, test } from 'vitest';
import { createSigns } from './signs.ts';

const signs = createSigns({ site: 'lodge', errorCodes: ['rate_limited'] });
const of = (subject: string, text = '') =>
  signs({ subject, text, attachedTexts: [], receivedAtMs: Date.UTC(2026, 10, 21) });

test('only what stands still makes a subject urgent', () => {
  expect(of('enterprise: production is down').impactInSubject).toBe(true);
  expect(of('enterprise: all our users are affected').impactInSubject).toBe(true);
  expect(of('enterprise: urgent invoice, the deadline is tomorrow').impactInSubject).toBe(false);
  expect(of('enterprise: question', 'production is down').impactInSubject).toBe(false);
});

test('a failure is known by its code, its status, or by no answer at all', () => {
  for (const text of ['rate_limited', 'HTTP 502', 'read ECONNRESET']) expect(of('x', text).hasFailure, text).toBe(true);
  expect(of('How do I top up?', 'I want to pay by card.').hasFailure).toBe(false);
});
