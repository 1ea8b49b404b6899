export { reopenableMs } from './decide-thread.ts';
export { organizationsOf, type Sender } from './sender.ts';
export { type Taking, takeMessage } from './take-message.ts';
export { type BookBounce, type MailboxPurpose, type ThreadOptions, threadMail } from './thread.ts';
