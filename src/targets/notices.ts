import type { ClockState } from './meter.ts';

/** In the order in which they come: half of the target is used up, four fifths, it was missed. */
export type ClockNotice = 'half' | 'most' | 'breached';

/**
 * What has to be told about one run of a clock and was not yet, oldest first; whoever tells remembers all of them and may
 * say only the last. A run is known by its `startedAtMs`. Warnings end with the answer, a breach is told also after it.
 */
export function dueNotices(clock: ClockState, alreadyTold: readonly ClockNotice[], nowMs: number): ClockNotice[] {
  const warns = (atMs: number | null) => clock.metAtMs === null && atMs !== null && atMs <= nowMs;
  const notices: ClockNotice[] = [];
  if (clock.state === 'none') return notices;
  if (warns(clock.warn50AtMs)) notices.push('half');
  if (warns(clock.warn80AtMs)) notices.push('most');
  if (clock.state === 'breached' || (clock.state === 'running' && isPast(clock.dueAtMs, nowMs)))
    notices.push('breached');
  return notices.filter((notice) => !alreadyTold.includes(notice));
}

function isPast(atMs: number | null, nowMs: number): boolean {
  return atMs !== null && atMs < nowMs;
}
