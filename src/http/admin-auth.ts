import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { Throttle, ThrottledError } from './throttle.ts';

/** After this many failures in a window, an address hears 429 in place of 401. */
const failuresPerWindow = 20;
const windowMs = 60_000;

export interface AdminAuth {
  /** @throws AppError `admin_token_wrong` (401), `admin_auth_throttled` (429) */
  check(token: string, remoteAddress: string): void;
}

/**
 * Knows the admin token. Comparison takes the same time however much of the token is right. A right token passes even
 * from a throttled address: behind a proxy all share one, and a stranger must not be able to lock the operator out. What
 * keeps guesses hopeless is the token's length, not the throttle, which saves us log lines and work.
 */
export function adminAuth(adminToken: string, clock: Clock): AdminAuth {
  const expected = digest(adminToken);
  const failures = new Throttle(clock, failuresPerWindow, windowMs);
  return {
    check(token, remoteAddress) {
      if (timingSafeEqual(digest(token), expected)) return;
      const waitSeconds = failures.count(remoteAddress);
      if (waitSeconds > 0) {
        const message = `Too many calls without a right admin token from this address; wait ${waitSeconds} seconds.`;
        throw new ThrottledError('admin_auth_throttled', message, waitSeconds);
      }
      throw new AppError(
        'admin_token_wrong',
        'This is not the admin token of this site; the right one stands in <data directory>/admin-token.',
      );
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
