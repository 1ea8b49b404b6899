import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { codeAt, stepOf } from './totp.ts';

// RFC 6238, appendix B, of which six digits.
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1234567890, '005924'],
  [20000000000, '353130'],
])('at %i seconds', (seconds, code) => {
  expect(codeAt('12345678901234567890', Math.floor(seconds / 30))).toBe(code);
  expect(stepOf('12345678901234567890', code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
});

test('one step to either side passes, two do not, nor does anything else', () => {
  const secret = 'a secret of this test';
  const app = new TOTP({ secret: Secret.fromUTF8(secret) });
  const nowMs = 1_800_000_015_000;
  const step = Math.floor(nowMs / 30_000);
  for (const steps of [-1, 0, 1]) {
    const code = app.generate({ timestamp: nowMs + steps * 30_000 });
    expect(stepOf(secret, code, nowMs)).toBe(step + steps);
  }
  for (const steps of [-2, 2])
    expect(stepOf(secret, app.generate({ timestamp: nowMs + steps * 30_000 }), nowMs)).toBeNull();
  for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５６']) expect(stepOf(secret, code, nowMs)).toBeNull();
});
