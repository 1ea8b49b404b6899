import { pino } from 'pino';

/** Structured logs on standard error, one JSON line each; standard output belongs to people. */
export type Log = Pick<ReturnType<typeof pino>, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * Makes the root log. Callers pass facts, never bodies, headers or keys: there is nothing to redact because nothing
 * secret is handed over. The paths below are a second wall, not the first.
 */
export function createLog(level: LogLevel): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['headers', '*.headers', 'body', '*.body', 'authorization', '*.authorization', 'secret', '*.secret'],
        censor: '[redacted]',
      },
    },
    pino.destination({ fd: 2, sync: level === 'debug' }),
  );
}

export const silentLog: Log = pino({ level: 'silent' });
