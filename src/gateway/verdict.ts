import type { Family } from '../vendors/index.ts';
import { type Refusal, refusal } from './errors.ts';

/** What a vendor's status means for the client. */
export type Verdict =
  /** The answer goes down as it is. */
  | { readonly serve: true }
  /** The answer is the vendor's trouble or the site's: another channel may do better; else the client hears this. */
  | { readonly serve: false; readonly refusal: Refusal; readonly elsewhere: boolean; readonly sick: boolean };

/** A vendor's own wait is passed on up to this: several tools obey any number of seconds. */
const maxRetryAfterSeconds = 60;

/**
 * The vendor's 4xx about the request itself goes down as it is: it says what is wrong, in words that the client's SDK
 * knows. What concerns the site's account (401, 402, 403, 429) or the vendor's health is answered in our own words, so
 * that nobody takes it for a fault of their key or their limits.
 */
export function judge(family: Family, status: number, retryAfter: string | undefined): Verdict {
  if (status >= 200 && status < 300) return { serve: true };
  switch (status) {
    case 401:
    case 402:
    case 403:
      return { serve: false, refusal: refusal('upstream_credentials'), elsewhere: true, sick: true };
    case 429:
      return {
        serve: false,
        refusal: refusal('upstream_rate_limited', {}, waitSeconds(retryAfter, 2)),
        elsewhere: true,
        sick: true,
      };
    case 503:
    case 529: {
      const overloaded = refusal('upstream_overloaded', {}, waitSeconds(retryAfter, 2));
      // Claude Code changes to its fallback model after three 529, and on nothing else.
      const refused = family === 'anthropic' ? { ...overloaded, status: 529 } : overloaded;
      return { serve: false, refusal: refused, elsewhere: true, sick: true };
    }
  }
  if (status >= 500) return { serve: false, refusal: upstreamError(status), elsewhere: true, sick: true };
  // A redirect is never followed: it could lead anywhere, with the channel's credential.
  if (status < 400) return { serve: false, refusal: upstreamError(status), elsewhere: false, sick: false };
  return { serve: true };
}

export function upstreamError(status: number): Refusal {
  return refusal('upstream_error', { upstream: status }, 1);
}

function waitSeconds(retryAfter: string | undefined, otherwise: number): number {
  const seconds = Number(retryAfter);
  if (retryAfter === undefined || !Number.isFinite(seconds) || seconds <= 0) return otherwise;
  return Math.min(maxRetryAfterSeconds, Math.ceil(seconds));
}
