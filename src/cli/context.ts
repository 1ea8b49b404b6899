import type { Command } from 'commander';
import { AdminClient } from './client.ts';
import { CliError, exitCodes } from './exit.ts';
import { Output, type Terminal } from './output.ts';
import { findSite, type RunningSite } from './site.ts';

/** Called as often as one likes; units are whatever the work counts in. */
export type ReportProgress = (done: number, total: number) => void;

/** A site that is started for a while. */
export interface DemoSite extends RunningSite {
  /** Ends it, and deletes its data. */
  stop(): Promise<void>;
}

/** What the command line does not do itself: handed in by the program that is started. */
export interface CliHooks {
  readonly version: string;
  /** Runs the site until it is told to stop. Resolves to the exit code. */
  start(): Promise<number>;
  /** Runs the sandbox vendor alone until it is told to stop. */
  sandbox(options: { readonly port: number }): Promise<number>;
  /** Starts a site of its own, with the embedded database and the sandbox, in a directory that is deleted afterwards. */
  demoSite(): Promise<DemoSite>;
  /** Writes a backup into a directory that does not exist yet. Resolves to facts worth printing. */
  backup(directory: string, report: ReportProgress): Promise<Readonly<Record<string, unknown>>>;
  /** Restores one into the data directory; the site must not run. */
  restore(directory: string, report: ReportProgress): Promise<Readonly<Record<string, unknown>>>;
}

/** What every command works with. */
export interface CliContext {
  readonly hooks: CliHooks;
  readonly terminal: Terminal;
  readonly stdin: AsyncIterable<Buffer | string> & { readonly isTTY?: boolean };
  /** Of a command, because `--json` may stand before or after its name. */
  output(command: Command): Output;
  client(): Promise<AdminClient>;
  /** The exit code when no error is thrown. */
  exitWith(code: number): void;
}

export function createContext(
  hooks: CliHooks,
  terminal: Terminal,
  stdin: CliContext['stdin'],
  exitWith: (code: number) => void,
): CliContext {
  return {
    hooks,
    terminal,
    stdin,
    output: (command) => new Output(terminal, command.optsWithGlobals()['json'] === true),
    client: async () => new AdminClient(await findSite(terminal.environment)),
    exitWith,
  };
}

export function usageError(message: string): CliError {
  return new CliError(exitCodes.usage, 'usage', message);
}

/** Options as commander parsed them. */
export type Options = Readonly<Record<string, unknown>>;

export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number, or a usage error that names the flag. */
export function wholeNumber(flag: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw usageError(`${flag} must be a whole number from ${least} to ${most}, not "${text}".`);
  };
}

/** Repeatable, and each may hold several parted by commas. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').map((each) => each.trim())].filter((each) => each !== '');
}

/**
 * A secret from an environment variable or from standard input; never from the arguments, which every process of the
 * machine can read.
 */
export async function readSecret(context: CliContext, variable: string | undefined, what: string): Promise<string> {
  if (variable !== undefined) {
    const value = context.terminal.environment[variable]?.trim();
    if (value) return value;
    throw usageError(`The environment variable ${variable} is not set; put the ${what} into it.`);
  }
  if (context.stdin.isTTY) {
    throw usageError(`Pipe the ${what} into the command, or name an environment variable that holds it.`);
  }
  let text = '';
  for await (const chunk of context.stdin) {
    text += chunk.toString();
    if (text.length > 65_536) throw usageError(`The ${what} on standard input is longer than 64 kB.`);
  }
  if (text.trim() !== '') return text.trim();
  throw usageError(`There is no ${what} on standard input.`);
}
