import { expect, test } from 'vitest';
import { withRequestId } from './sync-body.ts';

const id = 'req_01K0000000000000000000000000';

test.each([
  ['{"a":1}', `{"request_id":"${id}","a":1}`],
  [' \n{ "a":1}', ` \n{"request_id":"${id}", "a":1}`],
  ['{}', `{"request_id":"${id}"}`],
  ['{ \n }', `{"request_id":"${id}" \n }`],
  ['[1]', '[1]'],
  ['', ''],
  ['"text"', '"text"'],
])('%j becomes %j', (body, expected) => {
  expect(withRequestId(Buffer.from(body), id).toString()).toBe(expected);
});

test('the vendor’s own id gives way, every other byte stays', () => {
  const body = '{"type":"error","n":1e400,"request_id" : "req_vendor","x":"\\u0061"}';
  expect(withRequestId(Buffer.from(body), id).toString()).toBe(body.replace('"req_vendor"', `"${id}"`));
});

test('an id deeper in the answer is content', () => {
  const body = '{"data":{"request_id":"theirs"}}';
  expect(withRequestId(Buffer.from(body), id).toString()).toBe(`{"request_id":"${id}",${body.slice(1)}`);
});
