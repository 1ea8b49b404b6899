import { setTimeout as sleep } from 'node:timers/promises';

/** This node's journal, as those who read the books need it. */
export interface JournalToFlush {
  /** Waits until everything written so far is applied. */
  flush(): Promise<void>;
}

/** A call that has just ended may still be in the journal. With the database away the answer is an error soon enough. */
const flushWaitMs = 2_000;

export async function flushBriefly(journal: JournalToFlush, waitMs = flushWaitMs): Promise<void> {
  const ended = new AbortController();
  const tooLong = sleep(waitMs, undefined, { signal: ended.signal }).catch(() => undefined);
  await Promise.race([journal.flush().catch(() => undefined), tooLong]);
  ended.abort();
}
