import { expect, test } from 'vitest';
import type { CustomerMessage } from '../ticket-parts/door.ts';
import { entriesOf } from './entries.ts';

const message = (id: string, at: string): CustomerMessage => ({
  id,
  kind: 'in',
  at,
  author: { name: 'Ada', address: 'ada@example.test', role: 'customer' },
  text: id,
  quoted: '',
  has_html: false,
  redacted: 0,
  attachments: [],
});

test('what became of a ticket stands between its messages, and what they say themselves is left out', () => {
  const entries = entriesOf({
    messages: [message('one', '2026-11-21T08:00:00.000Z'), message('two', '2026-11-21T09:00:00.000Z')],
    history: [
      { kind: 'opened', at: '2026-11-21T08:00:00.000Z' },
      { kind: 'solved', at: '2026-11-21T08:30:00.000Z' },
      { kind: 'reopened', at: '2026-11-21T09:00:00.000Z' },
      { kind: 'waiting_for_customer', at: '2026-11-21T09:30:00.000Z' },
    ],
  });
  expect(entries.map((entry) => (entry.is === 'message' ? entry.message.id : entry.kind))).toEqual([
    'one',
    'solved',
    'two',
    'reopened',
  ]);
});
