import { randomBytes } from 'node:crypto';
import { access, open, readFile, rename } from 'node:fs/promises';
import { AppError } from '../base/errors.ts';

/** Makes the password of a cluster that is yet to be made. An existing cluster keeps the one that it was made with. */
export async function keepPassword(clusterDir: string, file: string): Promise<void> {
  if ((await exists(file)) || (await exists(clusterDir))) return;
  const temporary = `${file}.${process.pid}`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(randomBytes(24).toString('base64url'));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

/** @throws AppError `database_password_missing` */
export async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new AppError(
      'database_password_missing',
      `The password of the embedded database, ${file}, cannot be read: put it back from a backup.`,
      { cause },
    );
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
