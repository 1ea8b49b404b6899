import { expect, test } from 'vitest';
import { requestIdsIn } from './ids-in.ts';

const body = '01KAH8T3QZ0123456789ABCDEFGH';
const id = `req_${body}`;

test.each([
  [id, [id]],
  [`x-request-id: ${id.toLowerCase()}\r\n`, [id]],
  [`(<${id}>), again "${id}"`, [id]],
  [`https://site.example/console/requests/req%5F${body}?x=1`, [id]],
  [`> the id is req_${body.slice(0, 11)}=\n> ${body.slice(11)} and more`, [id]],
  [`${id}\nNext line`, [id]],
  [`${id} ${id.slice(0, -1)}Z`, [id, `${id.slice(0, -1)}Z`]],
  [`${id}X`, []],
  ['nothing here, nor req_123', []],
])('%j holds %j', (text, ids) => {
  expect(requestIdsIn(text)).toEqual(ids);
});

test('a wall of text is read in one go, and no more than twenty are taken', () => {
  const many = Array.from({ length: 30 }, (_, index) => `req_${String(index).padStart(28, '0')}`).join(' ');
  expect(requestIdsIn(many)).toHaveLength(20);
  expect(requestIdsIn('req_'.repeat(200_000))).toEqual([]);
  expect(requestIdsIn(`req_${'0'.repeat(500_000)}`)).toEqual([]);
});
