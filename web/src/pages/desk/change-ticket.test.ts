import { expect, test } from 'vitest';
import { byChange, changeBack } from './change-ticket.ts';

const before = {
  state: 'open',
  queue: 'bug',
  priority: 'normal',
  assignee: null,
  tags: ['api'],
  subject: 'It fails',
  locale: 'en',
} as const;
const ticket = { ...before, tags: [...before.tags] };

test('what a change has touched comes back, and nothing else', () => {
  expect(changeBack(ticket, { state: 'solved' })).toEqual({ state: 'open' });
  expect(changeBack(ticket, { assignee: 'acc_1', priority: 'high' })).toEqual({ assignee: null, priority: 'normal' });
  expect(changeBack(ticket, { unread: true })).toEqual({});
});

test('a tag that was there already stays when its addition is taken back', () => {
  expect(changeBack(ticket, { add_tags: ['API', 'Outage'] })).toEqual({ remove_tags: ['outage'] });
  expect(changeBack(ticket, { add_tags: ['api'] })).toEqual({});
  expect(changeBack(ticket, { remove_tags: ['api', 'other'] })).toEqual({ add_tags: ['api'] });
});

test('tickets that came from the same state go back together', () => {
  const tickets = [ticket, { ...ticket, state: 'waiting' as const }, ticket];
  const groups = byChange(tickets, (one) => changeBack(one, { state: 'solved' }));
  expect(groups.map(({ change, tickets: own }) => [change.state, own.length])).toEqual([
    ['open', 2],
    ['waiting', 1],
  ]);
});
