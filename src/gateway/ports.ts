/**
 * What the gateway needs of the rest of the program. Other modules meet these shapes without importing them from here
 * by name where they can; `app.ts` puts them together. So the data plane runs, is tested and is measured without a
 * database. Nothing here may wait for I/O when the answer is in memory: that is what the non-promise halves are for.
 */

import type { LimitState, RequestRecord } from '../journal/record.ts';
import type { Family, LimitClass, Price, WireId } from '../vendors/types.ts';

// ---- catalogue ----

export type ModelMode = 'chat' | 'completion' | 'embedding' | 'image' | 'audio' | 'moderation';

export interface Model {
  readonly id: string;
  readonly displayName: string;
  readonly mode: ModelMode;
  readonly createdAtMs: number;
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Newest first. Empty: no price is known, and calls are refused. */
  readonly prices: readonly Price[];
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** What the vendor's own SDK takes as base URL, without a trailing slash. */
  readonly origin: string;
  /** Path part of the base URL, `''` or `/v1`. */
  readonly basePath: string;
  readonly credential: string;
  readonly weight: number;
  readonly region: string | null;
  readonly wire: Family;
}

export interface Vendor {
  readonly id: string;
  readonly displayName: string;
  readonly family: Family;
}

export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly vendor: Vendor;
  readonly kind: 'wallet' | 'subscription';
  /** Ten-thousandths. */
  readonly multiplier: number;
  readonly passThrough: boolean;
  readonly enabled: boolean;
  /** By canonical id, in the order that lists show. */
  readonly models: ReadonlyMap<string, Model>;
  /** Familiar name → canonical id. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Enabled ones only. */
  readonly channels: readonly Channel[];
}

/** One consistent view of the catalogue; replaced as a whole when anything in it changes. */
export interface Catalogue {
  readonly version: number;
  readonly groups: ReadonlyMap<string, Group>;
}

// ---- keys ----

export type SpendWindow = 'total' | '5h' | '1d' | '7d';

export interface KeyLimits {
  readonly requestsPerMinute: number;
  /** Token counting and other free calls. */
  readonly countsPerMinute: number;
  /** Null: no such limit. */
  readonly tokensPerMinute: number | null;
  readonly concurrency: number | null;
  /** Nano-USD. */
  readonly spend: Readonly<Partial<Record<SpendWindow, bigint>>>;
}

/** What was spent in a window that began with its first charged request. `total` began at 0. */
export interface SpendState {
  readonly startedAtMs: number;
  readonly spent: bigint;
}

export interface Key {
  readonly id: string;
  readonly prefix: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly groupId: string;
  readonly state: 'enabled' | 'disabled' | 'deleted';
  readonly expiresAtMs: number | null;
  /** Null: every model of the group. */
  readonly allowedModels: ReadonlySet<string> | null;
  readonly limits: KeyLimits;
  /** As last stored; the gateway counts on from here. */
  readonly spend: Readonly<Partial<Record<SpendWindow, SpendState>>>;
}

export type KeyLookup = Key | 'unknown' | 'unavailable';

export interface KeyDirectory {
  /** `secret` has the right form and checksum. Answers at once when the key is warm. */
  find(secret: string): KeyLookup | Promise<KeyLookup>;
}

// ---- limits ----

/** A key's window after a call was counted or refused. */
export interface RateWindow {
  readonly allowed: boolean;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** When the oldest counted call leaves the window. */
  readonly resetAtMs: number;
}

/** Counts what keys do now. In process on one node; shared where several nodes serve the same keys. */
export interface Counters {
  /** Counts a call in the key's window of one minute, unless it is full. */
  take(keyId: string, limitClass: LimitClass, limit: number, nowMs: number): RateWindow | Promise<RateWindow>;
  /** Begins a call unless `limit` are running. Returns how many run now, and whether this one may. */
  acquire(keyId: string, limit: number, nowMs: number): Occupancy | Promise<Occupancy>;
  /** Ends a call that `acquire` began. */
  release(keyId: string): void;
  /** Tokens of the last minute. */
  tokensUsed(keyId: string, nowMs: number): number | Promise<number>;
  addTokens(keyId: string, tokens: number, nowMs: number): void;
}

export interface Occupancy {
  readonly allowed: boolean;
  readonly running: number;
}

// ---- money ----

export interface Reservation {
  /** Gives back what was not used. Called exactly once. */
  settle(actualCost: bigint): void;
}

/** Pays for wallet and subscription groups. `none` until an account must have money: every request may pass. */
export interface Wallet {
  reserve(key: Key, group: Group, estimate: bigint): Reservation | 'exhausted' | Promise<Reservation | 'exhausted'>;
}

// ---- usage for GET /v1/usage ----

export interface UsageWindow {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheCreationTokens: number;
  readonly cacheReadTokens: number;
  /** Nano-USD. */
  readonly cost: bigint;
  readonly actualCost: bigint;
}

export interface UsageReport {
  readonly today: UsageWindow;
  readonly total: UsageWindow;
  readonly averageDurationMs: number;
  /** Requests and tokens in the last minute. */
  readonly rpm: number;
  readonly tpm: number;
  readonly models: readonly (UsageWindow & { readonly model: string })[];
}

export interface UsageReader {
  /** Days are UTC, `YYYY-MM-DD`, both included; they bound `models` only. Throws when the database is away. */
  report(keyId: string, fromDay: string, toDay: string): Promise<UsageReport>;
}

// ---- pages ----

export interface PageRequest {
  /** `/`, `/v1`, … */
  readonly path: string;
  readonly acceptLanguage: string;
  readonly query: string;
  readonly requestId: string;
}

/** The page that a browser sees on the API base URL. */
export interface Pages {
  baseUrl(request: PageRequest): { readonly html: string; readonly headers: Readonly<Record<string, string>> };
}

// ---- channels, as the site's staff see them ----

/** A channel that has failed since it last served a call, on this node. */
export interface ChannelState {
  readonly channelId: string;
  /** In a row. */
  readonly failures: number;
  /** 0: it is tried again. */
  readonly restsForMs: number;
  readonly lastFailureAtMs: number;
}

/** What came of asking a channel for its list of models. A failure is one that came before any status. */
export type ProbeResult =
  | { readonly status: number; readonly durationMs: number }
  | { readonly failure: 'forbidden' | 'connect' | 'timeout' | 'broken'; readonly durationMs: number };

// ---- what the gateway is told ----

export interface GatewaySettings {
  readonly siteName: string;
  readonly region: string;
  readonly node: string;
  readonly version: string;
  /** The `<site>` in `sk-<site>-…`. */
  readonly keySite: string;
  /** Where errors lead: `<docsBaseUrl>/errors#<code>`. */
  readonly docsBaseUrl: string;
  readonly supportAddress: string;
  readonly maxJsonBodyBytes: number;
  readonly maxOpaqueBodyBytes: number;
  readonly timersMs: {
    readonly connect: number;
    readonly head: number;
    readonly firstToken: number;
    readonly idle: number;
    readonly total: number;
  };
  /** For a client to send its whole head, and its whole request. */
  readonly clientTimersMs: { readonly head: number; readonly request: number };
  /** Calls at once on this node. */
  readonly maxRunning: number;
  /** Silence on a stream after which a comment is sent on wires whose clients take one. 0: never. */
  readonly keepAliveMs: number;
}

export type { Family, LimitState, RequestRecord, WireId };
