import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Database } from '../db/index.ts';
import { JournalWriter } from '../journal/index.ts';
import { JournalShipper, recoverInterrupted, startShipping } from '../metering/index.ts';
import type { Closers } from './closers.ts';

/** How long a start waits for the journal of the last run, and a stop for its own. */
const flushMs = 10_000;

/** Opens this run's segment, closes what earlier runs left open, and begins to hand everything in. */
export async function openJournal(config: Config, dataDir: string, database: Database, log: Log, closers: Closers) {
  const directory = journalDir(dataDir, config);
  const startedAtMs = systemClock.now();
  const journal = new JournalWriter({ directory, sync: config.journalSync });
  const shipping = startShipping({ database, directory, node: config.node, log, logLevel: config.logLevel });
  const ending = new AbortController();
  closers.push(async () => {
    ending.abort();
    await bounded(shipping.flush(), () =>
      log.warn('the journal is not wholly applied; the next start goes on with it'),
    );
    await shipping.stop();
    journal.close();
  });
  const recovery = await recoverInterrupted({
    database,
    directory,
    node: config.node,
    ownSegment: journal.segment,
    startedAtMs,
    append: (...entries) => journal.append(...entries),
    flush: () => shipping.flush(),
    log,
    signal: ending.signal,
  });
  recovery.inDatabase.catch((error: unknown) =>
    log.error({ reason: errorText(error) }, 'recovery in the database failed'),
  );
  const caughtUp = bounded(shipping.flush(), () => log.warn('the journal of the last run is still being applied'));
  return { journal, shipping, caughtUp };
}

/** Journals of former node names in this data directory: nobody writes them any more, but what stands in them counts. */
export async function adoptJournals(
  config: Config,
  dataDir: string,
  database: Database,
  log: Log,
  closers: Closers,
): Promise<void> {
  const root = path.join(dataDir, 'journal');
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === config.node) continue;
    const shipper = new JournalShipper({ database, directory: path.join(root, entry.name), node: entry.name, log });
    shipper.start();
    closers.push(() => shipper.stop());
  }
}

export function journalDir(dataDir: string, config: Config): string {
  return path.join(dataDir, 'journal', config.node);
}

/** Waits for work, but not for ever: a database that is away must not hold a start or stop. */
async function bounded(work: Promise<void>, onLate: () => void): Promise<void> {
  const late = Symbol('late');
  const timer = Promise.withResolvers<typeof late>();
  const timeout = setTimeout(() => timer.resolve(late), flushMs);
  const first = await Promise.race([work.catch(() => late), timer.promise]);
  clearTimeout(timeout);
  if (first === late) onLate();
}
