import { useSyncExternalStore } from 'react';
import { formatUtc, type TimeStyle, zoneName } from '../formats.ts';
import { useLanguage } from '../language.tsx';
import { Tooltip } from './tooltip.tsx';
import { useFormats } from './use-formats.ts';

interface TimeProps {
  /** ISO 8601. */
  readonly at: string;
  /** `relative` turns into a date after a week. */
  readonly show?: TimeStyle | 'relative';
  /** With a tab stop of its own, so that the exact time opens on focus. Not in rows of a table. */
  readonly focusable?: boolean;
}

/** A time in the reader's zone; on hover the exact one, there and in UTC. */
export function Time({ at, show = 'minute', focusable = false }: TimeProps) {
  const { tag, timeZone } = useLanguage();
  const { time, relative } = useFormats();
  const nowMs = useNow(show === 'relative');
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <>{at}</>;
  // The clock goes in steps: what has just happened lies before its last one, not in the future.
  const seenMs = date.getTime() <= Date.now() ? Math.max(nowMs, date.getTime()) : nowMs;
  const text = show === 'relative' ? (relative(date, seenMs) ?? time(date, 'date')) : time(date, show);
  const zone = zoneName(date, tag, timeZone);
  const exact = zone === 'UTC' ? formatUtc(date) : `${time(date, 'second')} ${zone} · ${formatUtc(date)}`;
  return (
    <Tooltip text={exact}>
      <time dateTime={at} tabIndex={focusable ? 0 : undefined} className="whitespace-nowrap rounded-sm">
        {text}
      </time>
    </Tooltip>
  );
}

/** One clock for all times of a page. */
const tickMs = 10_000;
let tick = Date.now();
const watchers = new Set<() => void>();
let timer: number | undefined;

function watch(onTick: () => void): () => void {
  watchers.add(onTick);
  timer ??= window.setInterval(() => {
    tick = Date.now();
    for (const watcher of watchers) watcher();
  }, tickMs);
  return () => {
    watchers.delete(onTick);
    if (watchers.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

const still = () => () => {};

function useNow(moving: boolean): number {
  return useSyncExternalStore(moving ? watch : still, () => {
    // Nobody has moved it while nobody watched.
    if (timer === undefined && Date.now() - tick > tickMs) tick = Date.now();
    return tick;
  });
}
