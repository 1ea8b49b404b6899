/**
 * Mail that goes out: written in the transaction that makes it necessary, kept in Postgres, sent by a relay or shown in
 * the built-in outbox.
 *
 * Promises: what was committed is delivered or said to have failed; a mail that is sent again has the same Message-ID.
 * Never: sends what was rolled back, loads anything from elsewhere or tracks who reads, keeps links longer than needed.
 */
export { isMailAddress } from './address.ts';
export { type BookedBounce, type BounceFacts, bookBounce } from './bounces.ts';
export { type AnswerVerdict, mayAnswerAutomatically } from './brakes.ts';
export type { DnsFinding, DnsRecord } from './dns-records.ts';
export type { SigningKey } from './domain-keys.ts';
export type { DomainRecords, MailDomains, ResolveTxt } from './domains.ts';
export type { MailFacts, MailKind, MailLocale, NewMail, SecurityFacts } from './kinds.ts';
export type { MailSite } from './letter.ts';
export { withdrawLetter } from './letter-queue.ts';
export { createMail, type Mail, type MailOptions, outboxIsOpen } from './mail.ts';
export {
  answerSubject,
  type LetterFile,
  type LetterKind,
  type NewLetter,
  type QueuedLetter,
  type QueueLetter,
} from './new-letter.ts';
export type { QueueMail } from './outbox.ts';
export type { ReadFile } from './outgoing.ts';
export {
  isOwnLoopToken,
  loopHeader,
  readReplyAddress,
  readReturnPath,
  readTicketMessageId,
  replyAddress,
  returnPath,
  ticketMessageId,
  tokenKeyPurpose,
} from './tokens.ts';
export type { MailState } from './view.ts';
