/**
 * Mail that comes in: by SMTP and IMAP, written down before anybody is told that it was taken, read in a thread of its
 * own, and carried step by step to the desk.
 *
 * Promises: what was taken is never lost and never done twice; what cannot be read waits in quarantine, for people.
 * Never: relays, keeps a secret that it found in clear, believes a sender whom their domain does not vouch for.
 */
export { sweepRaw } from './incoming.ts';
export { createMailroom, type Mailroom, type MailroomOptions } from './mailroom.ts';
export type {
  BounceFacts,
  MailAttachment,
  MailFinding,
  MailPerson,
  OwnKey,
  ReadMail,
  SenderProof,
} from './read-mail.ts';
export { cleanFile } from './reading/files.ts';
export { programScanner } from './scanner.ts';
export { LaterError } from './state.ts';
export type { DeskSteps, MailPlace } from './steps.ts';
