/**
 * The desk: tickets, from the mail that opens one to the answer, and what staff and customers do with them.
 *
 * Promises: what a customer wrote stands on one ticket, once; clocks are reckoned from what happened; a report of a
 * vulnerability is seen by those alone who may.
 * Never: takes anybody for staff because of a mail, tells a stranger anything, keeps a secret that somebody wrote.
 */
export { createDesk, type Desk, type DeskOptions } from './desk.ts';
export type { DeskFiles, DeskParts } from './parts.ts';
