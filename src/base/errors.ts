/**
 * The one error class of the program. Expected outcomes are return values; an `AppError` is for what stops the work at
 * hand. `message` is public: it may be shown to whoever asked. Anything private goes into `cause`.
 */
export class AppError extends Error {
  /** Stable, documented, never renamed. */
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

/** The text of anything thrown, for a log line. Never for a response. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
