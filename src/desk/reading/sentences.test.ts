import { expect, test } from 'vitest';
import { readReport } from './index.ts';

const options = { site: 'lodge', receivedAtMs: Date.parse('2026-11-21T15:00:00Z'), errorCodes: ['rate_limited'] };
const read = (subject: string, text = '') => readReport({ subject, text }, options);

test.each([
  ['enterprise: PROD DOWN', true],
  ['enterprise: production-impacting latency', true],
  ['enterprise: this is impacting production', true],
  ['Re: [T-12] enterprise: production impact, all regions', true],
  ['enterprise: outage in production', true],
  ['enterprise: sev1', true],
  ['enterprise：生产环境不可用', true],
  ['enterprise: 影响生产', true],
  ['enterprise: no production impact', false],
  ['enterprise: not production-impacting', false],
  ['enterprise: pre-production is down', false],
  ['enterprise: urgent invoice', false],
  ['enterprise: production plan for next year', false],
  ['enterprise：不影响生产', false],
])('%s: production impact in the subject is %s', (subject, impact) => {
  const hits = read(subject).impact.filter(({ kind }) => kind === 'production');
  expect(hits.map(({ place }) => place.part)).toEqual(impact ? ['subject'] : []);
});

test('impact is told with its sentence, without the marks of quoting', () => {
  const text = 'Hello.\n> Since 9:00 production is\n> completely down for us. It was fine before.';
  expect(read('enterprise: help', text).impact).toMatchObject([
    {
      kind: 'production',
      sentence: 'Since 9:00 production is completely down for us.',
      place: { part: 'text', quoted: true },
    },
  ]);
});
