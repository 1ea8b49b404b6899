import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

const hourMs = 3_600_000;

/** Runs housekeeping every hour until the returned function is called. A run that fails is told, and tried again. */
export function hourly(log: Log, failure: string, work: () => Promise<unknown>): () => void {
  return every(hourMs, log, failure, work);
}

/** For what somebody waits for, and costs little. */
export function everyMinutes(minutes: number, log: Log, failure: string, work: () => Promise<unknown>): () => void {
  return every(minutes * 60_000, log, failure, work);
}

export function daily(log: Log, failure: string, work: () => Promise<unknown>): () => void {
  return every(24 * hourMs, log, failure, work);
}

function every(intervalMs: number, log: Log, failure: string, work: () => Promise<unknown>): () => void {
  const timer = setInterval(() => {
    work().catch((error: unknown) => log.warn({ reason: errorText(error) }, failure));
  }, intervalMs);
  return () => clearInterval(timer);
}
