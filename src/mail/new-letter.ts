import type pg from 'pg';
import type { MailLocale } from './kinds.ts';
import type { MailState } from './view.ts';

/**
 * A mail on a ticket. ticket-reply: a person wrote it. ticket-answer: the program wrote it, to somebody who may have
 * asked for nothing, so that it carries not one word of theirs: its subject is `answerSubject`, it goes to one address
 * and has no files.
 */
export const letterKinds = ['ticket-reply', 'ticket-answer'] as const;
export type LetterKind = (typeof letterKinds)[number];

/** A file that goes with a letter; its bytes are read when it is sent. */
export interface LetterFile {
  /** As the port `readFile` takes it. */
  readonly id: string;
  readonly name: string;
  /** `image/png`. */
  readonly type: string;
  /** Null: it is not shown within the text. */
  readonly contentId: string | null;
}

export interface NewLetter {
  readonly kind: LetterKind;
  readonly to: string;
  readonly cc: readonly string[];
  /** Whose identity it is sent with; null: the site's own. */
  readonly mailboxId: string | null;
  readonly ticketNumber: bigint;
  readonly locale: MailLocale;
  readonly subject: string;
  readonly text: string;
  /** What stands in the body, sanitised, or a whole document; null: it is made from the text. */
  readonly html: string | null;
  /** Message-ID of the mail that it answers, with or without angle brackets. */
  readonly inReplyTo: string | null;
  /** Of the thread so far, oldest first. */
  readonly references: readonly string[];
  /** Null: the address of the ticket in its mailbox. */
  readonly replyTo: string | null;
  /** Nobody looked at it before it leaves. */
  readonly automatic: boolean;
  readonly files: readonly LetterFile[];
  /** `(ticket, purpose, cause)`: the same key is the same letter, however often it is asked for. */
  readonly dedupeKey: string;
  /** Milliseconds in which it can be withdrawn; 0: it leaves at once. */
  readonly sendAfterMs: number;
  readonly accountId: string | null;
}

export interface QueuedLetter {
  readonly id: string;
  /** With its angle brackets, the same on every try. */
  readonly messageId: string;
  /** suppressed: nothing is sent to any of its addresses any more. */
  readonly state: MailState;
  /** Of its addresses those, in lower case, that nothing is sent to any more: for the ticket to say so. */
  readonly leftOut: readonly string[];
}

/**
 * Puts a letter into the outbox, in the transaction of whoever calls.
 *
 * @throws AppError `mail_recipient_invalid`, `letter_subject_refused`, `letter_answer_refused`, `letter_empty`, `letter_too_large`
 */
export type QueueLetter = (client: pg.ClientBase | pg.Pool, letter: NewLetter) => Promise<QueuedLetter>;

/** The subject of an automatic answer: nothing of what the sender wrote. Its thread holds together by References. */
export function answerSubject(ticketNumber: bigint, locale: MailLocale): string {
  return locale === 'zh' ? `Re: [T-${ticketNumber}] 您的来信` : `Re: [T-${ticketNumber}] Your message`;
}
