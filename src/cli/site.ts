import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { CliError, exitCodes } from './exit.ts';

/** What a running site leaves in its data directory. */
const runFile = z.object({
  pid: z.number(),
  url: z.url(),
  sandboxUrl: z.string().nullable().optional(),
  startedAt: z.union([z.string(), z.number()]),
});

export interface RunningSite {
  readonly url: string;
  readonly sandboxUrl: string | null;
  readonly adminToken: string;
  /** As the operator wrote it, for messages. */
  readonly dataDir: string;
}

export function notRunning(dataDir: string): CliError {
  const message = `No site is running on ${dataDir}. Start it with npm start, or set LODGE_DATA_DIR to the data directory of the one that runs.`;
  return new CliError(exitCodes.unreachable, 'site_not_running', message);
}

/**
 * Finds the site by its data directory (`LODGE_DATA_DIR`, else `./data`). Whether it answers is found out by calling it.
 *
 * @throws CliError exit 4 when there is none, exit 5 when its token cannot be read
 */
export async function findSite(environment: NodeJS.ProcessEnv): Promise<RunningSite> {
  const dataDir = environment['LODGE_DATA_DIR']?.trim() || './data';
  const parsed = runFile.safeParse(await readJson(path.join(dataDir, 'run.json'), dataDir));
  if (!parsed.success) throw notRunning(dataDir);
  const { url, sandboxUrl } = parsed.data;
  const adminToken = environment['LODGE_ADMIN_TOKEN']?.trim() || (await readToken(path.join(dataDir, 'admin-token')));
  return { url: url.replace(/\/+$/, ''), sandboxUrl: sandboxUrl ?? null, adminToken, dataDir };
}

async function readJson(file: string, dataDir: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw notRunning(dataDir);
    throw new CliError(
      exitCodes.refused,
      'data_dir_unreadable',
      `${file} cannot be read. Run this as the user of the site.`,
    );
  }
}

async function readToken(file: string): Promise<string> {
  const token = await readFile(file, 'utf8').catch(() => '');
  if (token.trim() !== '') return token.trim();
  const message = `The admin token in ${file} cannot be read. Run this as the user of the site, or set LODGE_ADMIN_TOKEN.`;
  throw new CliError(exitCodes.refused, 'admin_token_unreadable', message);
}
