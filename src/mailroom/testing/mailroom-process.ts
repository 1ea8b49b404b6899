// A mailroom in a process of its own, for tests that kill it: <database url> <port> [<step>:<begin|end> <marker file>].
import { existsSync, writeFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import type pg from 'pg';
import type { ReadMail } from '../read-mail.ts';
import type { DeskSteps } from '../steps.ts';

enableCompileCache();
const [url = '', port = '0', death = '', marker = ''] = process.argv.slice(2);
const { connectDatabase } = await import('../../db/index.ts');
const { silentLog } = await import('../../base/log.ts');
const { systemClock } = await import('../../base/clock.ts');
const { createMailroom } = await import('../mailroom.ts');
const { emptyDns, notingDesk, testSecrets } = await import('../testing.ts');

/** Once in the life of the marker. */
function dieAt(moment: string): void {
  if (moment !== death || existsSync(marker)) return;
  writeFileSync(marker, '');
  process.kill(process.pid, 'SIGKILL');
}

const desk = notingDesk();
async function wrapped<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  dieAt(`${name}:begin`);
  const result = await work();
  dieAt(`${name}:end`);
  return result;
}
const mortalDesk: DeskSteps = {
  thread: (client: pg.PoolClient, mail: ReadMail) => wrapped('thread', () => desk.thread(client, mail)),
  route: (client, mail, place) => wrapped('route', () => desk.route(client, mail, place)),
  answer: (client, mail, place) => wrapped('answer', () => desk.answer(client, mail, place)),
};

const mailroom = createMailroom({
  database: await connectDatabase('server', { connectionString: url }, silentLog),
  secrets: await testSecrets(),
  log: silentLog,
  clock: systemClock,
  site: 'lodge',
  desk: mortalDesk,
  recogniseKeys: async () => [],
  personalData: false,
  arcSealers: [],
  demo: false,
  smtp: { host: '127.0.0.1', port: Number(port), tls: null },
  firstMailbox: { address: 'support@lodge.localhost', name: 'Support' },
  resolver: emptyDns,
  times: { leaseMs: 1_500, pollMs: 300 },
});
await mailroom.start();
process.stdout.write(`${mailroom.port()}\n`);
