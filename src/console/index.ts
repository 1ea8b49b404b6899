/**
 * The console as files: what `scripts/build-console.ts` made of `web/`, served under `/console/`.
 *
 * Promises: a strict policy without inline script and style; files that never change under their name are kept for ever.
 * Never: opens a file that a request names, knows who is signed in, needs the database.
 */
export { type Console, type ConsoleOptions, createConsole } from './console.ts';
