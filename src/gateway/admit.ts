import { checkKey } from '../base/key-format.ts';
import { formatUsd } from '../base/money.ts';
import { nearNames } from '../base/near-names.ts';
import { type SpendSpan, type SpendState, spendSpans, spendWindowAt } from '../base/spend-window.ts';
import type { LimitState } from '../journal/index.ts';
import type { Endpoint, Family } from '../vendors/index.ts';
import { type Refusal, refusal } from './errors.ts';
import type { Group, Key, Model, Occupancy, RateWindow } from './ports.ts';

/**
 * The decisions of admission. All pure: plain data in, a go or one coded refusal out. `handle.ts` calls them in order
 * and does the effects.
 */

const familyNames: Readonly<Record<Family, string>> = { openai: 'OpenAI', anthropic: 'Anthropic', gemini: 'Gemini' };

/** Query members that tools use for keys. Any value that begins like a key of the site counts as well. */
const keyParameters = /[?&](?:key|api[_-]?key|x-api-key|x-goog-api-key|access_token|auth_token)=/i;

export function decideQuery(query: string, fixedPart: string): Refusal | null {
  if (query === '' || query === '?') return null;
  if (keyParameters.test(query) || query.includes(fixedPart)) return refusal('api_key_in_query');
  return null;
}

export type Presented = { readonly secret: string; readonly prefix: string } | Refusal;

/** The first credential that has the form of a key of this site; else what is wrong with the first one. */
export function decideCredential(credentials: readonly string[], site: string): Presented {
  let first: Refusal | null = null;
  for (const credential of credentials) {
    const check = checkKey(credential, site);
    if (check.ok) return { secret: credential, prefix: check.prefix };
    first ??= refusal('key_malformed', { hint: lowerFirst(check.hint), prefix: check.prefix ?? '' });
  }
  return first ?? refusal('key_missing');
}

export function decideKeyState(key: Key, nowMs: number): Refusal | null {
  const detail = { prefix: key.prefix };
  if (key.state === 'deleted') return refusal('key_deleted', detail);
  if (key.state === 'disabled') return refusal('key_disabled', detail);
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs)
    return refusal('key_expired', { ...detail, date: new Date(key.expiresAtMs).toISOString() });
  return null;
}

export function decideGroup(
  group: Group | undefined,
  groupId: string,
  endpoint: Endpoint,
  path: string,
): Refusal | null {
  if (!group?.enabled) return refusal('group_disabled', { group: groupId });
  if (endpoint.family !== group.vendor.family && endpoint.wire !== 'lodge')
    return refusal('wrong_vendor', {
      vendor: group.vendor.displayName,
      group: group.id,
      path,
      wanted: familyNames[endpoint.family],
    });
  return null;
}

/**
 * Whether a text may be a model's name. People paste prompts into the wrong field: what is none is neither kept nor
 * repeated.
 */
export function isModelName(text: string): boolean {
  return /^[\w.:/@+-]{1,200}$/.test(text);
}

/** The model that a name stands for in the group, if the key may use it. */
export function decideModel(group: Group, key: Key, asked: string): Model | Refusal {
  const model = group.models.get(asked) ?? group.models.get(group.aliases.get(asked) ?? '');
  if (!model)
    return refusal('model_not_found', {
      model: isModelName(asked) ? asked : '…',
      group: group.id,
      near: near(asked, modelNames(group, key)),
    });
  if (key.allowedModels && !key.allowedModels.has(model.id))
    return refusal('model_not_allowed', { model: asked, near: near(asked, modelNames(group, key)) });
  return model;
}

/** What `GET /v1/models` shows for the key: canonical names, then the aliases that lead to one of them. */
export function modelNames(group: Group, key: Key): string[] {
  const allowed = (id: string): boolean => key.allowedModels === null || key.allowedModels.has(id);
  const names = [...group.models.keys()].filter(allowed);
  for (const [alias, id] of group.aliases) if (allowed(id)) names.push(alias);
  return names;
}

export function decideRate(window: RateWindow, nowMs: number): Refusal | null {
  if (window.allowed) return null;
  // Whole seconds, at least one: Codex reads nothing finer, and several tools obey a large one without a cap.
  const seconds = Math.min(60, Math.max(1, Math.ceil((window.resetAtMs - nowMs) / 1000)));
  return refusal('rate_limited', { limit: window.limit, used: window.used }, seconds);
}

export function decideOccupancy(occupancy: Occupancy, limit: number): Refusal | null {
  return occupancy.allowed ? null : refusal('concurrency_limited', { limit, used: occupancy.running }, 1);
}

export function decideTokens(limit: number, used: number): Refusal | null {
  // A minute's window empties second by second, so a short wait is worth a try.
  return used < limit ? null : refusal('token_rate_limited', { limit, used }, 5);
}

export interface SpendDecision {
  readonly refusal: Refusal | null;
  /** The window that is closest to its limit. */
  readonly closest: LimitState | null;
}

/**
 * Caps count what is settled: a call passes while the window holds less than its limit. So a key can pass its cap by
 * the calls that ran when it was reached, never by one that began after it (docs/billing.md).
 */
export function decideSpend(
  caps: Key['limits']['spend'],
  states: Readonly<Partial<Record<SpendSpan, SpendState>>>,
  nowMs: number,
): SpendDecision {
  let closest: LimitState | null = null;
  for (const span of spendSpans) {
    const limit = caps[span];
    if (limit === undefined) continue;
    const { spent, resetAtMs } = spendWindowAt(states[span], span, nowMs);
    const state: LimitState = {
      kind: `spend_${span}`,
      limit: Number(limit),
      used: Number(spent),
      resetAt: resetAtMs === null ? null : Math.ceil(resetAtMs / 1000),
    };
    if (closest === null || state.used / Math.max(1, state.limit) > closest.used / Math.max(1, closest.limit))
      closest = state;
    if (spent < limit) continue;
    const refused = refusal('spending_limit_reached', {
      used: formatUsd(spent),
      limit: formatUsd(limit),
      window: span === 'total' ? ' in all' : ` in ${span}`,
      reset: resetAtMs === null ? '' : ` The window ends at ${new Date(resetAtMs).toISOString()}.`,
    });
    return { refusal: refused, closest: state };
  }
  return { refusal: null, closest };
}

function near(asked: string, names: readonly string[]): string {
  const found = nearNames(asked, names);
  return found.length === 0 ? '' : ` Near it: ${found.join(', ')}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}
