import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { notedTable, plainMail, SmtpSession, waitFor } from './testing.ts';

let site: TestDatabase;
let directory: string;
const children = new Set<ChildProcess>();
beforeEach(async () => {
  site = await createTestDatabase();
  await site.database.pool.query(notedTable);
  directory = await mkdtemp(path.join(os.tmpdir(), 'lodge-kills-'));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await site.drop();
  await rm(directory, { recursive: true, force: true });
});

/** Starts a mailroom; it says its port when it takes mail. */
async function start(port = 0, ...death: string[]): Promise<{ child: ChildProcess; port: number }> {
  const program = fileURLToPath(new URL('./testing/mailroom-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, site.url, String(port), ...death], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    if (said.includes('\n')) break;
  }
  return { child, port: Number(said) };
}

/** Sends until the mail is taken, as every mail host does. */
async function sendUntilTaken(port: () => number, raw: string): Promise<void> {
  await waitFor(async () => {
    const session = await SmtpSession.open(port()).catch(() => null);
    if (session === null) return false;
    try {
      await session.say('EHLO peer.example.com');
      return /^250/.test(await session.send(raw));
    } finally {
      session.close();
    }
  }, 'a mail to be taken');
}

async function expectEachOnce(mails: number): Promise<void> {
  const { pool } = site.database;
  await waitFor(async () => {
    const { rows } = await pool.query(`select count(*)::int as left from incoming_mails where state <> 'answered'`);
    return rows[0]?.left === 0;
  }, 'all mail to be answered');
  const { rows } = await pool.query(
    `select (select count(*)::int from incoming_mails) as mails, (select count(distinct message_id)::int from incoming_mails) as ids,
       (select count(*)::int from noted_steps) as steps,
       (select count(*)::int from (select distinct mail_id, step from noted_steps) as once) as different`,
  );
  expect(rows[0]).toEqual({ mails, ids: mails, steps: mails * 3, different: mails * 3 });
}

const moments = ['thread', 'route', 'answer'].flatMap((step) => [`${step}:begin`, `${step}:end`]);

test.each(moments)('killed at %s, a mail goes on where it was', { timeout: 90_000 }, async (moment) => {
  const marker = path.join(directory, 'died');
  let { child, port } = await start(0, moment, marker);
  const died = once(child, 'exit');
  await sendUntilTaken(() => port, plainMail({ id: 'a@example.com' }));
  await died;
  ({ child, port } = await start(0, moment, marker));
  await expectEachOnce(1);
});

test('killed twenty times in a flood of 500 mails: nothing is lost, nothing is done twice', {
  timeout: 240_000,
}, async () => {
  const mails = 500;
  let current = await start();
  const port = () => current.port;
  let next = 0;
  let taken = 0;
  const sender = async (): Promise<void> => {
    while (next < mails) {
      const number = next++;
      await sendUntilTaken(port, plainMail({ id: `${number}@example.com`, text: `Mail ${number}` }));
      taken++;
    }
  };
  const flood = Promise.all(Array.from({ length: 6 }, sender));
  for (let kills = 0; kills < 20; kills++) {
    // At any moment of the flood: spread over it by what was taken, and within by chance.
    const until = Math.floor((mails * kills) / 20);
    await waitFor(() => taken >= Math.min(until, mails - 10), 'the flood to go on');
    await sleep(Math.random() * 100);
    const exit = once(current.child, 'exit');
    current.child.kill('SIGKILL');
    await exit;
    current = await start(current.port);
  }
  await flood;
  expect(taken).toBe(mails);
  await expectEachOnce(mails);
});
