import type { RequestId } from '../base/request-id.ts';
import type { Family, Usage, WireId } from '../vendors/types.ts';

/** How a request ended. `open` is one that has not ended yet. */
export type Outcome =
  | 'open'
  | 'completed'
  | 'refused'
  | 'vendor_error'
  | 'gateway_error'
  | 'client_left_early'
  | 'client_left_midstream'
  | 'stream_broken'
  | 'interrupted';

export type Mode = 'sync' | 'stream' | 'async';

/** Who has to act: the caller, the site, or the vendor. */
export type Fault = 'you' | 'us' | 'vendor';

/** Where the token counts came from. `unknown`: the vendor did not say, and nothing could be counted. */
export type UsageSource = 'vendor' | 'estimated' | 'unknown' | 'none';

/** The published rule by which a request was charged, see `charge.ts`. */
export type ChargeRule =
  | 'actual_usage'
  | 'estimated_output'
  | 'free_endpoint'
  | 'refused'
  | 'vendor_error'
  | 'our_error'
  | 'no_output'
  | 'unpriced'
  | 'interrupted';

/** The state of the limit that was closest when the request was decided. */
export interface LimitState {
  /** `requests`, `tokens`, `concurrency`, `spend_total`, `spend_5h`, `spend_1d`, `spend_7d`. */
  readonly kind: string;
  readonly limit: number;
  readonly used: number;
  /** Unix seconds; null where nothing resets (concurrency, total). */
  readonly resetAt: number | null;
}

/** One try at one channel. */
export interface Attempt {
  readonly number: number;
  readonly channelId: string;
  /** Milliseconds after the request was received. */
  readonly startedMs: number;
  readonly headMs: number | null;
  readonly endedMs: number | null;
  /** The vendor's HTTP status; null when no head came. */
  readonly status: number | null;
  /** The vendor's own id of this try. */
  readonly vendorRequestId: string | null;
  /** Why it did not serve the request: our coded reason, never the vendor's words. Null when it did. */
  readonly failure: string | null;
}

/** Everything that is kept of one request. Facts, never content. */
export interface RequestRecord {
  readonly id: RequestId;
  readonly receivedAtMs: number;
  readonly organizationId: string | null;
  readonly projectId: string | null;
  readonly keyId: string | null;
  /** The public prefix as presented, only when it has the form of a key. */
  readonly keyPrefix: string | null;
  readonly region: string;
  readonly node: string;
  readonly vendor: string | null;
  readonly groupId: string | null;
  readonly channelId: string | null;
  readonly endpoint: string;
  readonly wire: WireId | null;
  readonly family: Family | null;
  readonly method: string;
  readonly modelAsked: string | null;
  /** The catalogue's canonical id, as it went upstream. */
  readonly modelRouted: string | null;
  /** As the vendor reported it. */
  readonly modelServed: string | null;
  readonly mode: Mode;
  readonly clientTool: string | null;
  readonly clientVersion: string | null;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Milliseconds after receipt. */
  readonly admittedMs: number | null;
  readonly headMs: number | null;
  readonly firstTokenMs: number | null;
  readonly durationMs: number | null;
  readonly usage: Usage | null;
  readonly usageSource: UsageSource;
  readonly priceId: string | null;
  /** Nano-USD at list price, as a decimal string: JSON has no bigint. */
  readonly cost: string;
  /** Ten-thousandths. */
  readonly multiplier: number | null;
  /** Nano-USD that the customer pays. */
  readonly actualCost: string;
  readonly chargeRule: ChargeRule | null;
  /** What the request was expected to cost when it was admitted. */
  readonly estimate: string;
  readonly limit: LimitState | null;
  readonly status: number | null;
  readonly upstreamStatus: number | null;
  readonly errorCode: string | null;
  readonly fault: Fault | null;
  readonly retries: number;
  readonly outcome: Outcome;
  readonly vendorResponseId: string | null;
  readonly attempts: readonly Attempt[];
}

/**
 * What the journal holds. `open` is written before any upstream byte, `attempt` when a try has a head or has failed,
 * `close` before the last bytes of the answer are released. `close` repeats every fact, so that a reader needs no other.
 */
export type JournalEntry =
  | { readonly kind: 'open'; readonly record: RequestRecord }
  | { readonly kind: 'attempt'; readonly id: RequestId; readonly receivedAtMs: number; readonly attempt: Attempt }
  | { readonly kind: 'close'; readonly record: RequestRecord };
