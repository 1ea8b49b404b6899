/**
 * What people are told inside the console: notifications to one account, announcements to all.
 *
 * Promises: a notification stands in the transaction of what it tells of; its words are made when it is read, in the
 * reader's language.
 * Never: fails the change that it tells of, writes mail, holds a secret or the content of a call.
 */
export type { NotificationKind } from './kinds.ts';
export { pruneNotifications } from './notifications.ts';
export { type Notify, notify } from './notify.ts';
