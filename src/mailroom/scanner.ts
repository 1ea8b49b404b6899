import { spawn } from 'node:child_process';
import { AppError } from '../base/errors.ts';
import type { ScanFile } from './read-step.ts';

/** A scanner that has not judged a file by then is not there. */
const scanMs = 60_000;

/**
 * Asks a program of this machine: it is given the file on its standard input, and ends with 0 for a clean file and with 1
 * for an infected one, as clamdscan does. `command`: the program and its arguments.
 *
 * What it returns throws AppError `scanner_away` for any other end: a file that nobody judged is not passed for clean. A
 * mail then waits, and an upload is refused.
 */
export function programScanner(command: readonly string[], timeoutMs: number = scanMs): ScanFile {
  const [program = '', ...args] = command;
  return (bytes) =>
    new Promise((resolve, reject) => {
      const away = (cause?: unknown) =>
        reject(
          new AppError('scanner_away', 'The scanner for files does not answer. Try again in a minute.', { cause }),
        );
      const child = spawn(program, args, {
        stdio: ['pipe', 'ignore', 'ignore'],
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
      });
      child.once('error', away);
      child.once('close', (code) => (code === 0 ? resolve('clean') : code === 1 ? resolve('infected') : away()));
      // It may have judged before it has read all.
      child.stdin.on('error', () => undefined);
      child.stdin.end(bytes);
    });
}
