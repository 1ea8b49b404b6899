import type { Clock } from '../../base/clock.ts';
import { requestIdTime } from '../../base/request-id.ts';
import { LaterError } from '../../mailroom/index.ts';
import { flushBriefly, type JournalToFlush } from '../../metering/index.ts';

export interface SettleOptions {
  readonly clock: Clock;
  /** Of this node. */
  readonly journal: JournalToFlush;
  /** Age of the oldest entry that is not in the records yet, in milliseconds; null: not known. */
  readonly journalLagMs: () => Promise<number | null>;
  /** How old a call is before its record is looked for: other nodes take that long to ship it. Absent: two seconds. */
  readonly settleMs?: number;
}

const usualSettleMs = 2_000;
/** How long after its receipt a mail waits for records that are behind; then it is answered by what there is. */
const patienceMs = 60_000;
const behindPauseMs = 1_000;

/**
 * Puts a mail off until the calls that it names can be on record. By the age of the ids alone, never by what is found: whether an
 * answer comes at once or later tells nothing about a call.
 *
 * @throws LaterError
 */
export async function settleRecords(
  ids: readonly string[],
  receivedAtMs: number,
  { clock, journal, journalLagMs, settleMs = usualSettleMs }: SettleOptions,
): Promise<void> {
  const times = ids.map(requestIdTime).filter((timeMs) => timeMs <= clock.now() + settleMs);
  if (times.length === 0) return;
  const youngestMs = Math.max(...times);
  await flushBriefly(journal);
  const waitMs = youngestMs + settleMs - clock.now();
  if (waitMs > 0) throw new LaterError(waitMs, 'A call that it names may not be on record yet.');
  const lagMs = await journalLagMs().catch(() => null);
  const nowMs = clock.now();
  if (lagMs === null || nowMs - lagMs > youngestMs || nowMs - receivedAtMs > patienceMs) return;
  throw new LaterError(behindPauseMs, 'The records are behind the calls that it names.');
}
