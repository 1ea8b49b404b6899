import type pg from 'pg';
import type { DeskSteps } from '../mailroom/index.ts';
import { firstQueueOf, routeMail } from './routing/index.ts';
import { createSigns } from './signs.ts';
import { createTelling } from './telling/index.ts';
import { type BookBounce, threadMail } from './threading/index.ts';

export interface DeskOptions {
  readonly pool: pg.Pool;
  /** Of the marks on our mail. */
  readonly tokenKey: Buffer;
  readonly bookBounce: BookBounce;
  /** The fixed part of the site's keys. */
  readonly keySite: string;
  /** Codes of the gateway's table of errors. */
  readonly errorCodes: readonly string[];
  /** Address of the site, without a slash at its end. */
  readonly url: () => string;
  /** What is answered to a mail that stands on its ticket. */
  readonly answer: DeskSteps['answer'];
}

/** The desk of a site. */
export interface Desk {
  /** What the mailroom does with a mail. */
  readonly steps: DeskSteps;
}

export function createDesk(options: DeskOptions): Desk {
  const { tokenKey, bookBounce, url, answer } = options;
  const tell = createTelling({ url });
  const readSigns = createSigns({ site: options.keySite, errorCodes: options.errorCodes });
  const firstQueue = firstQueueOf(readSigns);
  const localeOf = (text: string) => readSigns({ subject: '', text, attachedTexts: [], receivedAtMs: 0 }).language;
  return {
    steps: {
      thread: (client, mail) => threadMail(client, mail, { tokenKey, bookBounce, tell, firstQueue, localeOf }),
      route: (client, mail, place) => routeMail(client, mail, place, { readSigns, tell }),
      answer,
    },
  };
}
