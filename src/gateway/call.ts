import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestId } from '../base/request-id.ts';
import type {
  Attempt,
  ChargeRule,
  Fault,
  LimitState,
  Mode,
  Outcome,
  RequestRecord,
  UsageSource,
} from '../journal/index.ts';
import type { EndpointMatch, Family, ObservedFacts, Price, Usage } from '../vendors/index.ts';
import type { Group, Key, Model, RateWindow, Reservation } from './ports.ts';
import type { RequestHead } from './request-head.ts';

/**
 * One request on its way through the phases: what is known of it so far. Each phase fills in its part; `toRecord` turns
 * the whole into the facts that are kept.
 */
export interface Call {
  readonly id: RequestId;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly receivedAtMs: number;
  /** On the monotonic clock: durations must not jump with the machine's time. */
  readonly startedMs: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With the leading `?`, or empty. */
  readonly query: string;

  head: RequestHead | null;
  match: EndpointMatch | null;
  /** The family whose envelope errors wear, known before the key by hints, after it for sure. */
  family: Family;
  key: Key | null;
  keyPrefix: string | null;
  group: Group | null;
  model: Model | null;
  modelAsked: string | null;
  price: Price | null;
  mode: Mode;
  window: RateWindow | null;
  limit: LimitState | null;
  /** What settle must give back. */
  holdsConcurrency: boolean;
  reservation: Reservation | null;
  estimate: bigint;
  bytesIn: number;
  bytesOut: number;
  admittedMs: number | null;
  headMs: number | null;
  firstTokenMs: number | null;

  settled: boolean;
  channelId: string | null;
  attempts: Attempt[];
  upstreamStatus: number | null;
  observed: ObservedFacts | null;
}

/** How a call ended, decided by the phase that ended it; the rest of the record follows from the call. */
export interface Ending {
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly fault: Fault | null;
}

/** What the charge came to. */
export interface Charge {
  readonly rule: ChargeRule | null;
  readonly usage: Usage | null;
  readonly source: UsageSource;
  readonly cost: bigint;
  readonly actualCost: bigint;
}

export const noCharge: Charge = { rule: null, usage: null, source: 'none', cost: 0n, actualCost: 0n };

export function newCall(
  id: RequestId,
  request: IncomingMessage,
  response: ServerResponse,
  receivedAtMs: number,
  startedMs: number,
): Call {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return {
    id,
    request,
    response,
    receivedAtMs,
    startedMs,
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark),
    head: null,
    match: null,
    family: 'openai',
    key: null,
    keyPrefix: null,
    group: null,
    model: null,
    modelAsked: null,
    price: null,
    mode: 'sync',
    window: null,
    limit: null,
    holdsConcurrency: false,
    reservation: null,
    estimate: 0n,
    bytesIn: 0,
    bytesOut: 0,
    admittedMs: null,
    headMs: null,
    firstTokenMs: null,
    settled: false,
    channelId: null,
    attempts: [],
    upstreamStatus: null,
    observed: null,
  };
}

/** Milliseconds since the call was received. `nowMs` is on the monotonic clock. */
export function elapsed(call: Call, nowMs: number): number {
  return Math.max(0, Math.round(nowMs - call.startedMs));
}

/** The record of a call as it stands, ended or not. */
export function toRecord(
  call: Call,
  site: { readonly region: string; readonly node: string },
  ending: Ending,
  charge: Charge,
  durationMs: number | null,
): RequestRecord {
  const { key, group, match, observed, attempts } = call;
  return {
    id: call.id,
    receivedAtMs: call.receivedAtMs,
    organizationId: key?.organizationId ?? null,
    projectId: key?.projectId ?? null,
    keyId: key?.id ?? null,
    keyPrefix: call.keyPrefix,
    region: site.region,
    node: site.node,
    vendor: group?.vendor.id ?? null,
    groupId: group?.id ?? null,
    channelId: call.channelId,
    endpoint: match?.endpoint.id ?? 'lodge.unknown',
    wire: match?.endpoint.wire ?? null,
    family: match?.endpoint.family ?? null,
    method: call.method,
    modelAsked: call.modelAsked,
    modelRouted: call.model?.id ?? null,
    modelServed: observed?.model ?? null,
    mode: call.mode,
    clientTool: call.head?.tool ?? null,
    clientVersion: call.head?.toolVersion ?? null,
    bytesIn: call.bytesIn,
    bytesOut: call.bytesOut,
    admittedMs: call.admittedMs,
    headMs: call.headMs,
    firstTokenMs: call.firstTokenMs,
    durationMs,
    usage: charge.usage,
    usageSource: charge.source,
    priceId: call.price?.id ?? null,
    cost: charge.cost.toString(),
    multiplier: group?.multiplier ?? null,
    actualCost: charge.actualCost.toString(),
    chargeRule: charge.rule,
    estimate: call.estimate.toString(),
    limit: call.limit,
    status: ending.status,
    upstreamStatus: call.upstreamStatus,
    errorCode: ending.errorCode,
    fault: ending.fault,
    retries: Math.max(0, attempts.length - 1),
    outcome: ending.outcome,
    vendorResponseId: observed?.responseId ?? null,
    attempts,
  };
}
