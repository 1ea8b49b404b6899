/**
 * The audit log: who did what, when, from where, with the state before and after.
 *
 * Promises: an entry stands in the transaction of what it tells of; the database refuses to change or delete one.
 * Never: holds a secret, or the content of a call.
 */
export { type AuditEntry, appendAudit, changedMembers } from './append.ts';
export { type AuditViewer, type DeviceWords, type ShownEntry, shownEntry } from './entry.ts';
export { auditEntryShape } from './json.ts';
export { type AuditFilter, type AuditPage, type AuditPlace, listAudit } from './read.ts';
