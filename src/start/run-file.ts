import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where the running site is, for the command line: `<data directory>/run.json`. */
export interface RunFile {
  readonly pid: number;
  readonly url: string;
  readonly sandboxUrl: string | null;
  readonly startedAt: string;
}

const fileName = 'run.json';

export async function writeRunFile(dataDir: string, facts: RunFile): Promise<void> {
  const file = path.join(dataDir, fileName);
  await writeFile(`${file}.new`, `${JSON.stringify(facts)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

export async function removeRunFile(dataDir: string): Promise<void> {
  await rm(path.join(dataDir, fileName), { force: true });
}
