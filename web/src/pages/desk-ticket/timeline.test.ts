import { expect, test } from 'vitest';
import { comeSince, piecesOf } from './timeline.ts';
import type { Message, TicketEvent } from './types.ts';

function message(id: string, minute: number, author: string | null = null): Message {
  return {
    id,
    kind: 'in',
    at: `2026-11-21T08:${String(minute).padStart(2, '0')}:00.000Z`,
    author: { id: author, name: 'Ann', address: 'ann@customer.test' },
    verified: true,
    subject: '',
    text: 'x',
    quoted: '',
    has_html: false,
    to: [],
    cc: [],
    automatic: null,
    mail: null,
    redacted: 0,
    attachments: [],
    delivery: null,
  };
}

function event(id: string, minute: number, kind: string): TicketEvent {
  const at = `2026-11-21T08:${String(minute).padStart(2, '0')}:00.000Z`;
  return { id, kind, at, actor: { id: null, name: '' }, data: {} };
}

test('what happened stands between the messages, without what is a message itself', () => {
  const events = [
    event('1', 0, 'opened'),
    event('2', 1, 'customer_wrote'),
    event('3', 3, 'assigned'),
    event('4', 4, 'tags_changed'),
    event('5', 9, 'solved'),
  ];
  const pieces = piecesOf([message('a', 1), message('b', 5)], events);
  expect(
    pieces.map((piece) => (piece.kind === 'message' ? piece.message.id : piece.events.map(({ id }) => id))),
  ).toEqual([['1'], 'a', ['3', '4'], 'b', ['5']]);
});

test('what others wrote meanwhile is told from what I wrote', () => {
  const messages = [message('a', 1), message('b', 2, 'acc_me'), message('c', 3, 'acc_other'), message('d', 4)];
  expect(comeSince(messages, new Set(['a']), 'acc_me').map(({ id }) => id)).toEqual(['c', 'd']);
});
