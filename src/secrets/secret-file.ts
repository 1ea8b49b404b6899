import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError, errorText } from '../base/errors.ts';

/**
 * The text of a secret file; the file is made, mode 600, when it is missing. Of two processes that make it at once one
 * wins and both return the same text; a file that was cut short by a power failure cannot come about.
 *
 * @throws AppError `secret_file_invalid`
 */
export async function readOrMake(file: string, leastCharacters: number, make: () => string): Promise<string> {
  const kept = await read(file);
  if (kept === null) await create(file, make());
  const text = kept ?? (await read(file)) ?? '';
  if (text.length >= leastCharacters) return text;
  throw new AppError(
    'secret_file_invalid',
    `${file} holds fewer than ${leastCharacters} characters: put it back from a backup. Remove it only when nothing was sealed or hashed with it.`,
  );
}

async function read(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('secret_file_invalid', `${file} cannot be read: ${errorText(cause)}`, { cause });
  }
}

async function create(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${text}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link, unlike a rename, does not replace what another process has made meanwhile.
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await syncDirectory(path.dirname(file));
  } catch (cause) {
    throw new AppError('secret_file_invalid', `${file} cannot be made: ${errorText(cause)}`, { cause });
  } finally {
    await rm(temporary, { force: true });
  }
}

async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
