import type { Usage } from '../../api/schema.ts';
import { tokensIn } from './reading.ts';

const minuteMs = 60_000;

interface Rates {
  readonly requests: readonly (number | null)[];
  readonly tokens: readonly (number | null)[];
}

/** Averages per minute of each step; of one that goes on, over the part that has passed. Null for what lies ahead. Pure. */
export function perMinute({ steps, points }: Pick<Usage, 'steps' | 'points'>, nowMs: number): Rates {
  const minutes = steps.map(({ start, end }) => {
    const passedMs = Math.min(Date.parse(end), nowMs) - Date.parse(start);
    return passedMs <= 0 ? null : Math.max(1, passedMs / minuteMs);
  });
  const over = (values: readonly number[]) =>
    minutes.map((length, step) => (length === null ? null : (values[step] ?? 0) / length));
  return { requests: over(points.requests), tokens: over(tokensIn(points)) };
}
