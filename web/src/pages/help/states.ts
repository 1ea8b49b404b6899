import type { Announcement, ErrorCounts, Key } from '../../api/schema.ts';
import { conditionOf, isUsedUp, nearShare, shareOf } from '../key-parts/condition.ts';

/** How a point of the checklist stands. */
export type CheckState = 'running' | 'ok' | 'attention' | 'unchecked';

export type SpendWindow = Key['spend'][number];

/** Limits of spend that refuse calls now or soon, the fullest first. Pure. */
export function tightWindows({ spend }: Pick<Key, 'spend'>): readonly SpendWindow[] {
  return spend
    .filter((window) => isUsedUp(window) || (shareOf(window) ?? 0) >= nearShare)
    .sort((a, b) => (shareOf(b) ?? 0) - (shareOf(a) ?? 0));
}

/** Whether calls with a key are let in as far as the key itself goes: its limits have a point of their own. Pure. */
export function isInUse(key: Pick<Key, 'state' | 'expired' | 'spend'>): boolean {
  const condition = conditionOf(key);
  return condition === 'enabled' || condition === 'limited';
}

/** What fails because of the caller comes first, then what fails most. Pure. */
export function orderedCodes(codes: ErrorCounts['codes']): ErrorCounts['codes'] {
  const rank = ({ fault }: ErrorCounts['codes'][number]): number => (fault === 'you' ? 0 : fault === null ? 2 : 1);
  return codes.toSorted((a, b) => rank(a) - rank(b) || b.count - a.count);
}

/** Announcements that are in force. Pure. */
export function current(announcements: readonly Announcement[], nowMs: number): readonly Announcement[] {
  return announcements.filter(({ ends_at: end }) => end === null || Date.parse(end) > nowMs);
}

/** How many points stand in a state. Pure. */
export function countOf(states: readonly CheckState[], wanted: CheckState): number {
  return states.filter((state) => state === wanted).length;
}
