/**
 * The command `lodge`: a thin client of the admin API of the site that runs on LODGE_DATA_DIR, and the doctor, which
 * needs only a base URL and a key.
 *
 * Promises: data on standard output, the rest on standard error; `--json` everywhere; documented exit codes.
 * Never: touches the database or the journal itself, takes a vendor's credential from the arguments, prints a stack.
 */
export type { CliHooks, DemoSite, ReportProgress } from './context.ts';
export { exitCodes } from './exit.ts';
export { runCli } from './program.ts';
