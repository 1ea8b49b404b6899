import { keyFixedPart } from '../base/key-format.ts';
import { type EndpointMatch, matchEndpoint, type NoMatch, priceAt } from '../vendors/index.ts';
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
  isModelName,
} from './admit.ts';
import { type Call, type Ending, elapsed, noCharge, toRecord } from './call.ts';
import type { GatewayContext } from './context.ts';
import { type Refusal, refusal } from './errors.ts';
import type { KeyLookup } from './ports.ts';
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
    setEndpoint(call, match);
  } else if (head.hint) call.family = head.hint;
  const leaked = decideQuery(call.query, keyFixedPart(context.settings.keySite));
  if (leaked) return leaked;
  if (context.draining) return refusal('shutting_down', {}, 1);
  if (context.running > context.settings.maxRunning) return refusal('overloaded', {}, 1);
  return 'endpoint' in match ? null : noEndpoint(call, match);
}

function setEndpoint(call: Call, match: EndpointMatch): void {
  call.match = match;
  call.family = match.endpoint.family;
  call.mode = match.endpoint.streams === 'always' ? 'stream' : 'sync';
}

/** A step whose port may have to ask somebody. On the warm path nothing does, and no promise is made. */
export type Step = Refusal | null | Promise<Refusal | null>;

export function admitKey(call: Call, context: GatewayContext): Step {
  const presented = decideCredential(call.head?.credentials ?? [], context.settings.keySite);
  if ('code' in presented) {
    call.keyPrefix = String(presented.detail.prefix ?? '') || null;
    return presented;
  }
  call.keyPrefix = presented.prefix;
  return then(context.keys.find(presented.secret), (key) => knownKey(call, key, context));
}

function knownKey(call: Call, key: KeyLookup, context: GatewayContext): Refusal | null {
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
  setEndpoint(call, match);
  const refused = decideGroup(group ?? undefined, key.groupId, match.endpoint, call.path);
  if (refused) return refused;
  if (match.passThrough && !group?.passThrough)
    return refusal('endpoint_not_enabled', { group: key.groupId, method: call.method, path: shortPath(call.path) });
  return context.journal.holding ? refusal('journal_unavailable', {}, 2) : null;
}

export function admitRate(call: Call, context: GatewayContext): Step {
  const { key, match } = call;
  if (!key || !match) return refusal('internal_error');
  const { limitClass } = match.endpoint;
  const limit = limitClass === 'calls' ? key.limits.requestsPerMinute : key.limits.countsPerMinute;
  const nowMs = context.clock.now();
  return then(context.counters.take(key.id, limitClass, limit, nowMs), (window) => {
    call.window = window;
    call.limit = {
      kind: limitClass === 'calls' ? 'requests' : 'counts',
      limit,
      used: window.used,
      resetAt: Math.ceil(window.resetAtMs / 1000),
    };
    return decideRate(window, nowMs);
  });
}

export function admitSpend(call: Call, context: GatewayContext): Refusal | null {
  const { key } = call;
  if (!key) return refusal('internal_error');
  const spend = decideSpend(key.limits.spend, context.spendBook.spend(key), context.clock.now());
  if (spend.refusal) call.limit = spend.closest;
  return spend.refusal;
}

export function admitTokens(call: Call, context: GatewayContext): Step {
  const { key } = call;
  const limit = key?.limits.tokensPerMinute ?? null;
  if (!key || limit === null) return null;
  return then(context.counters.tokensUsed(key.id, context.clock.now()), (used) => {
    const refused = decideTokens(limit, used);
    if (refused) call.limit = { kind: 'tokens', limit, used, resetAt: null };
    return refused;
  });
}

/** Last of the limits: what it takes must be given back. */
export function admitConcurrency(call: Call, context: GatewayContext): Step {
  const { key } = call;
  const limit = key?.limits.concurrency ?? null;
  if (!key || limit === null) return null;
  return then(context.counters.acquire(key.id, limit, context.clock.now()), (occupancy) => {
    call.holdsConcurrency = occupancy.allowed;
    const refused = decideOccupancy(occupancy, limit);
    if (refused) call.limit = { kind: 'concurrency', limit, used: occupancy.running, resetAt: null };
    return refused;
  });
}

/** Sets the model of a call and what it costs. Also called while a multipart body flows by. */
export function admitModel(call: Call, asked: string): Refusal | null {
  const { key, group } = call;
  if (!key || !group) return refusal('internal_error');
  const model = decideModel(group, key, asked);
  call.modelAsked = 'id' in model || isModelName(asked) ? asked : null;
  if ('code' in model) return model;
  call.model = model;
  call.price = priceAt(model.prices, call.receivedAtMs);
  if (call.price === null && call.match?.endpoint.metering === 'usage')
    return refusal('price_missing', { model: model.id });
  return null;
}

/** Money and the open record: from here on the call is known, whatever happens. */
export function open(call: Call, context: GatewayContext): Step {
  const { key, group } = call;
  if (!key || !group) return refusal('internal_error');
  return then(context.wallet.reserve(key, group, call.estimate), (reservation) => {
    if (reservation === 'exhausted') return refusal('balance_exhausted');
    call.reservation = reservation;
    call.admittedMs = elapsed(call, context.clock.monotonic());
    try {
      context.journal.append({ kind: 'open', record: toRecord(call, context.settings, opened, noCharge, null) });
    } catch {
      return refusal('journal_unavailable', {}, 2);
    }
    return null;
  });
}

const opened: Ending = { outcome: 'open', status: null, errorCode: null, fault: null };

function then<T, R>(value: T | Promise<T>, next: (value: T) => R): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
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
