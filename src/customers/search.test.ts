import { expect, test } from 'vitest';
import { newKey } from '../base/key-format.ts';
import { newRequestId, requestIdTime } from '../base/request-id.ts';
import { decideSearch, likePart } from './search.ts';

test('what was pasted is told by its form', () => {
  const id = newRequestId(Date.UTC(2026, 0, 1));
  expect(decideSearch(` ${id} `)).toEqual({ by: 'request', id, receivedAtMs: requestIdTime(id) });
  const { secret, prefix } = newKey('lodge');
  expect(decideSearch(secret)).toEqual({ by: 'key', reference: prefix });
  expect(decideSearch(`Bearer ${secret}`)).toEqual({ by: 'key', reference: prefix });
  expect(decideSearch(prefix)).toEqual({ by: 'key', reference: prefix });
  expect(decideSearch(secret.slice(0, -3))).toEqual({ by: 'key', reference: prefix });
  expect(decideSearch(`key_${'a'.repeat(24)}`)).toMatchObject({ by: 'key' });
  expect(decideSearch(`org_${'a'.repeat(24)}`)).toMatchObject({ by: 'organization' });
  expect(decideSearch('org_site')).toMatchObject({ by: 'organization' });
  expect(decideSearch(`acc_${'a'.repeat(24)}`)).toMatchObject({ by: 'account' });
  expect(decideSearch(`prj_${'a'.repeat(24)}`)).toMatchObject({ by: 'project' });
  for (const text of ['Ada', 'ada@one.test', 'req_wrong', 'requests ltd', 'organic']) {
    expect(decideSearch(text)).toEqual({ by: 'text', text });
  }
});

test('signs of a pattern mean themselves', () => {
  expect(likePart('50%_\\')).toBe('%50\\%\\_\\\\%');
});
