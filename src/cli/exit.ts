/** Exit codes of the command, documented in `lodge --help`. */
export const exitCodes = {
  ok: 0,
  /** A check failed, or the site could not do what was asked. */
  failed: 1,
  usage: 2,
  notFound: 3,
  unreachable: 4,
  refused: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What ends a command early. `message` is one or a few lines for a person: what is wrong and what to do. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  /** Stable code for `--json`. */
  readonly code: string;
  readonly requestId: string | null;

  constructor(exitCode: ExitCode, code: string, message: string, requestId: string | null = null) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
    this.code = code;
    this.requestId = requestId;
  }
}
