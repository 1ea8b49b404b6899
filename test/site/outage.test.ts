import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { newKey as newSecret } from '../../src/base/key-format.ts';
import { admin, audit, begin, call, codeOf, get, newKey, numberAt, type Reply } from './calls.ts';
import { type Facts, type Program, workplace } from './program.ts';
import { type Server, startServer } from './server.ts';

const here = workplace();
const said = (answer: Reply): string => (answer.status === 200 ? '200' : `${answer.status} ${codeOf(answer)}`);

/** The books of a site whose database is back: everything is there, and it agrees. */
async function expectBooks(site: Program, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await expect
      .poll(() => admin(site, 'GET', `requests/${id}`).catch(() => null))
      .toMatchObject({ outcome: expect.not.stringMatching(/^open$/) });
  expect(await audit(site)).toMatchObject({ ok: true, mismatches: [], open: 0 });
}

describe('a server of the operator’s own', () => {
  let server: Server;
  const dataDir = here.path('with-server');
  // Channels to this machine are off where the database is a server.
  const settings = () => ({ DATABASE_URL: server.url, LODGE_ALLOW_PRIVATE_UPSTREAMS: 'yes' });
  let site: Program;
  afterAll(() => server?.stop());

  test('works end to end', async () => {
    server = await startServer(here.path('server'));
    console.log(`Postgres ${server.majorVersion}`);
    site = await here.start({ dataDir, settings: settings() });
    expect(site.stdout()).not.toContain('its own Postgres');
    expect(site.stdout() + site.stderr()).not.toContain('geheim');
    const answers = await Promise.all([call(site, 'openai'), call(site, 'anthropic'), call(site, 'gemini')]);
    expect(answers.map(said)).toEqual(['200', '200', '200']);
    await expectBooks(
      site,
      answers.map(({ id }) => id),
    );
    const copy = await here.run(['backup', here.path('copy')], { dataDir, settings: settings() });
    expect([copy.code, copy.stderr]).toEqual([0, '']);
  });

  test('is away: warm keys go on, an unknown key is told to wait, and nothing is lost, not even by a kill', async () => {
    const warm = site.keys.openai;
    const cold = (await newKey(site, 'openai-standard')).secret;
    const ids: string[] = [];
    const running = await begin(site, 'openai', {
      stream: true,
      text: '[sandbox:events=30,tokens=30,event-delay-ms=50]',
    });
    await server.stop();
    for (let i = 0; i < 5; i++) {
      const answer = await call(site, 'openai', { key: warm, text: `Say ${i}` });
      expect(said(answer)).toBe('200');
      ids.push(answer.id);
    }
    expect((await running.text()).endsWith('data: [DONE]\n\n')).toBe(true);
    ids.push(running.headers.get('x-request-id') ?? '');
    for (const key of [cold, newSecret('lodge').secret]) {
      const refused = await call(site, 'openai', { key });
      expect(said(refused)).toBe('503 key_lookup_unavailable');
      expect([refused.headers.get('retry-after'), refused.headers.get('x-should-retry')]).toEqual(['2', 'true']);
      ids.push(refused.id);
    }
    expect(said(await get(site, '/v1/usage', warm))).toBe('503 usage_unavailable');
    expect((await get(site, '/v1/models', warm)).status).toBe(200);
    const command = await here.run(['keys', 'list'], { dataDir });
    expect([command.code, command.stdout]).toEqual([1, '']);
    expect(command.stderr).toMatch(/database/i);

    site.signal('SIGKILL');
    await site.ended;
    const refusedStart = await here.run(['start'], { dataDir, settings: settings() });
    expect([refusedStart.code, refusedStart.stderr]).toEqual([1, expect.stringContaining('DATABASE_URL')]);
    await server.start();
    site = await here.start({ dataDir, settings: settings() });
    await expectBooks(site, ids);
    expect(said(await call(site, 'openai', { key: cold }))).toBe('200');
  });

  test('comes back: the same process goes on by itself', async () => {
    await server.stop();
    const during = await call(site, 'openai');
    expect(said(during)).toBe('200');
    await server.start();
    await expectBooks(site, [during.id]);
    // Changes are heard again, within a second of the connection.
    const { secret, prefix } = await newKey(site, 'openai-standard');
    expect(said(await call(site, 'openai', { key: secret }))).toBe('200');
    await admin(site, 'POST', `keys/${prefix}/disable`);
    expect(said(await call(site, 'openai', { key: secret }))).toBe('401 key_disabled');
    expect(await site.stop()).toEqual({ code: 0, signal: null });
    expect(site.stderr()).not.toMatch(/geheim|"level":[56]0/);
  });

  // The site's own sandbox is refused as a private address, and every pasted call fails.
  test('the calls of its banner work without further settings', async () => {
    const plain = await here.start({ dataDir, settings: { DATABASE_URL: server.url } });
    expect(said(await call(plain, 'openai'))).toBe('200');
  });
});

describe('the embedded database, every entry forced to the disk', () => {
  const dataDir = here.path('embedded');
  const settings = { LODGE_JOURNAL_SYNC: 'always' };
  let site: Program;

  function postmaster(): number {
    return Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  test('is killed: calls go on, it is started again, and everything is applied', async () => {
    site = await here.start({ dataDir, settings });
    const before = await call(site, 'openai');
    const killed = postmaster();
    process.kill(killed, 'SIGKILL');
    const during: Reply[] = [];
    for (let i = 0; i < 5; i++) during.push(await call(site, 'openai', { text: `Say ${i}` }));
    expect(during.map(said)).toEqual(Array(5).fill('200'));
    await expectBooks(
      site,
      [before, ...during].map(({ id }) => id),
    );
    expect(postmaster()).not.toBe(killed);
    expect((await admin(site, 'GET', 'audit'))['records'] as number).toBe(6);
  });

  test('hangs: the same, and it is noticed in seconds, not minutes', async () => {
    const pids = [postmaster(), ...childrenOf(postmaster())];
    const cold = (await newKey(site, 'openai-standard')).secret;
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const ids: string[] = [];
    try {
      const warm = await call(site, 'openai');
      expect(said(warm)).toBe('200');
      const startedMs = performance.now();
      const refused = await call(site, 'openai', { key: cold });
      expect(said(refused)).toBe('503 key_lookup_unavailable');
      expect(performance.now() - startedMs).toBeLessThan(8_000);
      ids.push(warm.id, refused.id);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await expectBooks(site, ids);
    await expect.poll(async () => said(await call(site, 'openai', { key: cold }))).toBe('200');
    expect(await site.stop()).toEqual({ code: 0, signal: null });
    expect(levels(site.stderr()).filter((line) => numberAt(line, 'level') >= 50)).toMatchObject([
      { msg: expect.stringContaining('started again') },
    ]);
  });
});

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

function levels(log: string): Facts[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Facts);
}
