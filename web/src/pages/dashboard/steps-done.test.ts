import { expect, test } from 'vitest';
import { stepsDone } from './steps-done.ts';

const unused = [{ last_used_at: null }];
const used = [{ last_used_at: '2026-11-21T12:00:00.000Z' }];

test.each([
  ['nothing yet', [], { requests: 0, failures: 0 }, [false, false, false]],
  ['a key', unused, { requests: 0, failures: 0 }, [true, false, false]],
  ['a call that failed', used, { requests: 1, failures: 1 }, [true, true, false]],
  ['a call that was answered', used, { requests: 2, failures: 1 }, [true, true, true]],
  ['calls of long ago', used, { requests: 0, failures: 0 }, [true, true, true]],
  ['calls with keys that are gone', [], { requests: 5, failures: 0 }, [true, true, true]],
  ['a key that was used, by who may not see usage', used, null, [true, true, true]],
] as const)('%s', (_, keys, totals, expected) => {
  const { key, connect, call } = stepsDone(keys, totals);
  expect([key, connect, call]).toEqual(expected);
});
