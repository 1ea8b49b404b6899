import type pg from 'pg';
import type { ReadMail } from './read-mail.ts';

/** Where a mail stands once it has been threaded. */
export interface MailPlace {
  readonly ticketNumber: bigint;
  readonly messageId: string;
  /** The ticket began with this mail. */
  readonly opened: boolean;
}

/**
 * What the desk does with a mail, step by step. Each runs in its own transaction, together with the state of the mail:
 * a step that is done again after a crash finds nothing done. It may throw: the step is then tried again later.
 */
export interface DeskSteps {
  /** Finds the ticket, or opens one. Null: the mail needs none (a bounce that was booked, an answer to an answer). */
  thread(client: pg.PoolClient, mail: ReadMail): Promise<MailPlace | null>;
  /** Queue, priority, tags, target: of mails that opened a ticket by rules, of others what they change. */
  route(client: pg.PoolClient, mail: ReadMail, place: MailPlace): Promise<void>;
  /** Facts read out, keys put out of use, the acknowledgement or explanation queued. */
  answer(client: pg.PoolClient, mail: ReadMail, place: MailPlace): Promise<void>;
}
