/**
 * The answer to a report: what is on record of the calls that it names, in the customer's language, to whoever may know.
 *
 * Promises: facts go to the verified owner of a call alone; everybody else gets the same words after the same work; what
 * is sent once is sent once.
 * Never: repeats a word of the sender, stops a clock, tells whether a key was live.
 */
export { type AnsweringOptions, answerMail } from './answer-mail.ts';
export { noteReport, type WrittenReport } from './note-report.ts';
export { answerRoutes } from './route-requests.ts';
