import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';

/** After this many failures in a window, an address hears 429 in place of 401. */
const failuresPerWindow = 20;
const windowMs = 60_000;
/** Addresses remembered at once; beyond, all are forgotten, which only makes us politer. */
const addressesMax = 10_000;

export interface AdminAuth {
  /**
   * Passes for `Authorization: Bearer <admin token>`.
   *
   * @throws AppError `admin_token_missing`, `admin_token_wrong` (401), `admin_auth_throttled` (429)
   */
  check(authorization: string | undefined, remoteAddress: string): void;
}

/**
 * Guards the admin endpoints. Comparison takes the same time however much of the token is right. A right token passes
 * even from a throttled address: behind a proxy all share one, and a stranger must not be able to lock the operator
 * out. What keeps guesses hopeless is the token's length, not the throttle, which saves us log lines and work.
 */
export function adminAuth(adminToken: string, clock: Clock): AdminAuth {
  const expected = digest(adminToken);
  const failures = new Map<string, { count: number; startedAtMs: number }>();

  function fail(remoteAddress: string, code: string, message: string): never {
    const nowMs = clock.monotonic();
    let state = failures.get(remoteAddress);
    if (!state || nowMs - state.startedAtMs >= windowMs) {
      if (failures.size >= addressesMax) failures.clear();
      state = { count: 0, startedAtMs: nowMs };
      failures.set(remoteAddress, state);
    }
    state.count++;
    if (state.count > failuresPerWindow) {
      throw new AppError(
        'admin_auth_throttled',
        `Too many calls without a right admin token from this address; wait ${windowMs / 1_000} seconds.`,
      );
    }
    throw new AppError(code, message);
  }

  return {
    check(authorization, remoteAddress) {
      const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) {
        const message =
          'Send the admin token as "Authorization: Bearer <token>"; it stands in <data directory>/admin-token.';
        fail(remoteAddress, 'admin_token_missing', message);
      }
      if (!timingSafeEqual(digest(token), expected)) {
        const message =
          'This is not the admin token of this site; the right one stands in <data directory>/admin-token.';
        fail(remoteAddress, 'admin_token_wrong', message);
      }
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
