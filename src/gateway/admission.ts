import { keyFixedPart } from '../base/key-format.ts';
import { matchEndpoint, type NoMatch, priceAt } from '../vendors/index.ts';
import {
  decideCredential,
  decideGroup,
  decideKeyState,
  decideModel,
  decideOccupancy,
  decideQuery,
  decideRate,
  decideSpend,
  decideTokens,
} from './admit.ts';
import { type Call, type Ending, elapsed, noCharge, toRecord } from './call.ts';
import type { GatewayContext } from './context.ts';
import { type Refusal, refusal } from './errors.ts';
import { readHead } from './request-head.ts';

/**
 * The steps of admission in their order. Each asks a port for what it must know, lets `admit.ts` decide, and notes the
 * result on the call; each returns null for a go.
 */

/** What can be told from the head alone. */
export function admitHead(call: Call, context: GatewayContext): Refusal | null {
  const head = readHead(call.request.rawHeaders);
  call.head = head;
  const match = matchEndpoint(call.method, call.path, head.hint);
  if ('endpoint' in match) {
    call.match = match;
    call.family = match.endpoint.family;
  } else if (head.hint) call.family = head.hint;
  const leaked = decideQuery(call.query, keyFixedPart(context.settings.keySite));
  if (leaked) return leaked;
  if (context.draining) return refusal('shutting_down', {}, 1);
  if (context.running.size > context.settings.maxRunning) return refusal('overloaded', {}, 1);
  return 'endpoint' in match ? null : noEndpoint(call, match);
}

export async function admitKey(call: Call, context: GatewayContext): Promise<Refusal | null> {
  const presented = decideCredential(call.head?.credentials ?? [], context.settings.keySite);
  if ('code' in presented) {
    call.keyPrefix = String(presented.detail.prefix ?? '') || null;
    return presented;
  }
  call.keyPrefix = presented.prefix;
  const looked = context.keys.find(presented.secret);
  const key = looked instanceof Promise ? await looked : looked;
  if (key === 'unknown') return refusal('key_unknown');
  if (key === 'unavailable') return refusal('key_lookup_unavailable', {}, 2);
  call.key = key;
  call.group = context.catalogue().groups.get(key.groupId) ?? null;
  return decideKeyState(key, call.receivedAtMs);
}

/** The key decides the vendor, so only now it is sure which endpoint the path means. */
export function admitEndpoint(call: Call, context: GatewayContext): Refusal | null {
  const { key, group } = call;
  if (!key) return refusal('internal_error');
  const match = matchEndpoint(call.method, call.path, group?.vendor.family ?? null);
  if (!('endpoint' in match)) return noEndpoint(call, match);
  call.match = match;
  call.family = match.endpoint.family;
  const refused = decideGroup(group ?? undefined, key.groupId, match.endpoint, call.path);
  if (refused) return refused;
  if (match.passThrough && !group?.passThrough)
    return refusal('endpoint_not_enabled', { group: key.groupId, method: call.method, path: shortPath(call.path) });
  return context.journal.holding ? refusal('journal_unavailable', {}, 2) : null;
}

export async function admitRate(call: Call, context: GatewayContext): Promise<Refusal | null> {
  const { key, match } = call;
  if (!key || !match) return refusal('internal_error');
  const { limitClass } = match.endpoint;
  const limit = limitClass === 'calls' ? key.limits.requestsPerMinute : key.limits.countsPerMinute;
  const nowMs = context.clock.now();
  const taken = context.counters.take(key.id, limitClass, limit, nowMs);
  const window = taken instanceof Promise ? await taken : taken;
  call.window = window;
  call.limit = {
    kind: limitClass === 'calls' ? 'requests' : 'counts',
    limit,
    used: window.used,
    resetAt: Math.ceil(window.resetAtMs / 1000),
  };
  return decideRate(window, nowMs);
}

/** Spending, tokens, concurrency: what a call that goes upstream needs on top. */
export async function admitUse(call: Call, context: GatewayContext): Promise<Refusal | null> {
  const { key } = call;
  if (!key) return refusal('internal_error');
  const { limits } = key;
  const spend = decideSpend(limits.spend, context.spendBook.spend(key), context.clock.now());
  if (spend.refusal) {
    call.limit = spend.closest;
    return spend.refusal;
  }
  if (limits.tokensPerMinute !== null) {
    const counted = context.counters.tokensUsed(key.id, context.clock.now());
    const used = counted instanceof Promise ? await counted : counted;
    const refused = decideTokens(limits.tokensPerMinute, used);
    if (refused) {
      call.limit = { kind: 'tokens', limit: limits.tokensPerMinute, used, resetAt: null };
      return refused;
    }
  }
  if (limits.concurrency === null) return null;
  const taken = context.counters.acquire(key.id, limits.concurrency, context.clock.now());
  const occupancy = taken instanceof Promise ? await taken : taken;
  call.holdsConcurrency = occupancy.allowed;
  const refused = decideOccupancy(occupancy, limits.concurrency);
  if (refused) call.limit = { kind: 'concurrency', limit: limits.concurrency, used: occupancy.running, resetAt: null };
  return refused;
}

/** Sets the model of a call and what it costs. Also called while a multipart body flows by. */
export function admitModel(call: Call, asked: string): Refusal | null {
  const { key, group } = call;
  if (!key || !group) return refusal('internal_error');
  call.modelAsked = asked.slice(0, 200);
  const model = decideModel(group, key, asked);
  if ('code' in model) return model;
  call.model = model;
  call.price = priceAt(model.prices, call.receivedAtMs);
  if (call.price === null && call.match?.endpoint.metering === 'usage')
    return refusal('price_missing', { model: model.id });
  return null;
}

/** Money and the open record: from here on the call is known, whatever happens. */
export async function open(call: Call, context: GatewayContext): Promise<Refusal | null> {
  const { key, group } = call;
  if (!key || !group) return refusal('internal_error');
  const reserved = context.wallet.reserve(key, group, call.estimate);
  const reservation = reserved instanceof Promise ? await reserved : reserved;
  if (reservation === 'exhausted') return refusal('balance_exhausted');
  call.reservation = reservation;
  call.admittedMs = elapsed(call, context.clock.monotonic());
  const ending: Ending = { outcome: 'open', status: null, errorCode: null, fault: null };
  try {
    context.journal.append({ kind: 'open', record: toRecord(call, context.settings, ending, noCharge, null) });
  } catch {
    return refusal('journal_unavailable', {}, 2);
  }
  call.opened = true;
  return null;
}

function noEndpoint(call: Call, match: NoMatch): Refusal {
  const path = shortPath(call.path);
  if ('notFound' in match) return refusal('endpoint_not_found', { method: call.method, path });
  return refusal('method_not_allowed', { method: call.method, path, allow: match.allow.join(', ') });
}

/** A path for a message: it is the client's own text, so only its plain characters, and not all of it. */
function shortPath(path: string): string {
  return path.replaceAll(/[^\w./:{}~-]/g, '').slice(0, 120);
}
