import type { Key } from '../../api/schema.ts';
import type { Tone } from '../../ui/badge.tsx';

/** What a key's calls meet. `limited`: a spending limit is used up, and they are refused until it is reset. */
export type Condition = 'enabled' | 'limited' | 'expired' | 'disabled' | 'deleted';

export const conditionTones: Readonly<Record<Condition, Tone>> = {
  enabled: 'good',
  limited: 'warn',
  expired: 'warn',
  disabled: 'bad',
  deleted: 'neutral',
};

/** The first thing that stands in the way of a call, in the order in which the gateway looks. */
export function conditionOf(key: Pick<Key, 'state' | 'expired' | 'spend'>): Condition {
  if (key.state !== 'enabled') return key.state;
  if (key.expired) return 'expired';
  return key.spend.some((window) => isUsedUp(window)) ? 'limited' : 'enabled';
}

export function isUsedUp({ remaining_usd }: Pick<Key['spend'][number], 'remaining_usd'>): boolean {
  return remaining_usd !== null && Number(remaining_usd) <= 0;
}

/** What staff have stopped, only staff can start again. Of other members' doing the API decides. */
export function mayEnable({ state, disabled }: Pick<Key, 'state' | 'disabled'>): boolean {
  return state === 'disabled' && disabled?.by?.by !== 'staff';
}

/** How much of a limit is used, 0 to 1; null without a limit. */
export function shareOf({ used_usd, limit_usd }: Pick<Key['spend'][number], 'used_usd' | 'limit_usd'>): number | null {
  if (limit_usd === null) return null;
  const limit = Number(limit_usd);
  return limit === 0 ? 1 : Math.min(1, Number(used_usd) / limit);
}

/** From here on a limit is worth a look. */
export const nearShare = 0.8;

export function toneOfShare(share: number): Tone {
  return share >= 1 ? 'bad' : share >= nearShare ? 'warn' : 'good';
}
