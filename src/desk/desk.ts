import type { Database } from '../db/index.ts';
import type { QueueMail } from '../mail/index.ts';
import type { DeskSteps } from '../mailroom/index.ts';
import type { DeskParts } from './parts.ts';
import { firstQueueOf, routeMail } from './routing/index.ts';
import { ensureDefaults } from './settings/defaults.ts';
import { createSigns } from './signs.ts';
import { askForRatings, closeSolved, sweepDesk, tellCustomers, tellTargets, wakeSnoozed } from './tasks.ts';
import { createTelling, startDelivering } from './telling/index.ts';
import { type BookBounce, threadMail } from './threading/index.ts';
import { sweepUploads } from './writing/index.ts';

export interface DeskOptions extends Omit<DeskParts, 'pool' | 'tell' | 'readSigns'> {
  readonly database: Pick<Database, 'pool' | 'listen'>;
  /** Of the marks on our mail. */
  readonly tokenKey: Buffer;
  readonly bookBounce: BookBounce;
  /** Codes of the gateway's table of errors. */
  readonly errorCodes: readonly string[];
  /** For mail to staff about what presses. */
  readonly queueMail: QueueMail;
  /** What is answered to a mail that stands on its ticket. */
  readonly answer: DeskSteps['answer'];
}

/** The desk of a site. */
export interface Desk {
  /** What the mailroom does with a mail. */
  readonly steps: DeskSteps;
  /** For `deskRoutes`. */
  readonly parts: DeskParts;
  /** Makes what a new site begins with, and begins to deliver webhooks. */
  start(): Promise<void>;
  /** Before the database is closed. */
  stop(): Promise<void>;
  /** What is due now: targets to tell of, tickets to wake, customers to tell. Every minute or more often. */
  tick(): Promise<void>;
  /** Closes what was solved long ago, asks how it was, deletes what is of no use. Every hour. */
  tidy(): Promise<void>;
}

export function createDesk({
  database,
  tokenKey,
  bookBounce,
  errorCodes,
  queueMail,
  answer,
  ...given
}: DeskOptions): Desk {
  const { pool } = database;
  const tell = createTelling({ url: given.url, queueMail });
  const readSigns = createSigns({ site: given.redaction.site, errorCodes });
  const parts: DeskParts = { ...given, pool, tell, readSigns };
  const firstQueue = firstQueueOf(readSigns);
  const localeOf = (text: string) => readSigns({ subject: '', text, attachedTexts: [], receivedAtMs: 0 }).language;
  let delivering: { stop(): Promise<void> } | null = null;
  return {
    steps: {
      thread: (client, mail) => threadMail(client, mail, { tokenKey, bookBounce, tell, firstQueue, localeOf }),
      route: (client, mail, place) => routeMail(client, mail, place, { readSigns, tell }),
      answer,
    },
    parts,
    async start() {
      await ensureDefaults(pool);
      delivering = await startDelivering(database, parts);
    },
    async stop() {
      await delivering?.stop();
    },
    async tick() {
      await wakeSnoozed(parts);
      await tellTargets(parts);
      await tellCustomers(parts);
    },
    async tidy() {
      await closeSolved(parts);
      await askForRatings(parts);
      await sweepUploads(parts);
      await sweepDesk(parts);
    },
  };
}
