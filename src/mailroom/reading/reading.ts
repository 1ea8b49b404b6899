import type { OwnKeyFound } from '../../redaction/index.ts';
import type { MailAttachment, ReadMail } from '../read-mail.ts';

/** What the reading is asked for. Plain data: it crosses into a thread. */
export interface ReadJob {
  readonly raw: Uint8Array;
  /** Fixed part of the site's keys. */
  readonly site: string;
  /** Whether mail addresses and phone numbers are taken out too. */
  readonly personalData: boolean;
  readonly fingerprintKey: Uint8Array;
  /** Of our return paths and of our loop header. */
  readonly tokenKey: Uint8Array;
  /** Domains whose ARC seals are believed. */
  readonly arcSealers: readonly string[];
  readonly envelope: {
    readonly from: string | null;
    readonly to: readonly string[];
    readonly helo: string | null;
    readonly ipAddress: string | null;
  };
  /** False: the sender is not looked up, because that took too long before. */
  readonly authenticate: boolean;
}

/** A file of a mail, before it has a place. */
export interface FileRead extends Omit<MailAttachment, 'fileId' | 'scan'> {
  readonly bytes: Uint8Array;
}

/** What a mail says: all of `ReadMail` that stands in the mail itself. */
export interface Reading
  extends Pick<
    ReadMail,
    | 'references'
    | 'sentOffsetMinutes'
    | 'from'
    | 'replyTo'
    | 'to'
    | 'cc'
    | 'subject'
    | 'text'
    | 'quoted'
    | 'html'
    | 'automatic'
    | 'bounce'
    | 'sender'
    | 'attachedTexts'
    | 'findings'
  > {
  readonly files: readonly FileRead[];
  /** In memory only. */
  readonly ownKeys: readonly OwnKeyFound[];
}

/** Why a mail cannot be read, now or ever. The codes stand in `incoming_mails.quarantine_code`. */
export type ReadingProblem =
  | 'header_too_large'
  | 'too_many_parts'
  | 'too_deep'
  | 'unreadable'
  | 'no_sender'
  | 'took_too_long'
  | 'reader_died';

/** A mail that is beyond reading. */
export class ReadingError extends Error {
  readonly problem: ReadingProblem;

  constructor(problem: ReadingProblem, message: string) {
    super(message);
    this.name = 'ReadingError';
    this.problem = problem;
  }
}
