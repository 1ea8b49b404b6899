import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataDir } from './data-dir.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'lodge-data-dir-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('is made private, also when it was there and open to others', async () => {
  const fresh = path.join(home, 'a', 'b');
  await (await openDataDir(fresh)).release();
  expect((await stat(fresh)).mode & 0o777).toBe(0o700);
  await chmod(fresh, 0o755);
  await (await openDataDir(fresh)).release();
  expect((await stat(fresh)).mode & 0o777).toBe(0o700);
});

test('a second opening names the process, and works after release', async () => {
  const first = await openDataDir(home);
  const locked = { code: 'data_dir_locked', message: expect.stringContaining(`process ${process.pid}`) };
  await expect(openDataDir(home)).rejects.toMatchObject(locked);
  await first.release();
  await (await openDataDir(home)).release();
});

test('the lock of a killed process is no lock', async () => {
  const holder = path.join(home, 'holder.ts');
  const dir = path.join(home, 'data');
  const module = new URL('./data-dir.ts', import.meta.url).href;
  await writeFile(
    holder,
    `import { openDataDir } from ${JSON.stringify(module)};
     await openDataDir(${JSON.stringify(dir)});
     process.send?.('held');
     setInterval(() => {}, 1000);`,
  );
  const child = fork(holder, { execArgv: [] });
  await once(child, 'message');
  await expect(openDataDir(dir)).rejects.toMatchObject({
    code: 'data_dir_locked',
    message: expect.stringContaining(`process ${child.pid}`),
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await openDataDir(dir)).release();
});

test('a place that cannot be written is said so', async () => {
  const file = path.join(home, 'file');
  await writeFile(file, '');
  for (const place of [file, path.join(file, 'below')])
    await expect(openDataDir(place)).rejects.toMatchObject({ code: 'data_dir_not_writable' });
});

test('what an interrupted restore left is not opened', async () => {
  await mkdir(path.join(home, 'restoring'));
  await expect(openDataDir(home)).rejects.toMatchObject({ code: 'restore_incomplete' });
  await (await openDataDir(home, { restoring: true })).release();
});
