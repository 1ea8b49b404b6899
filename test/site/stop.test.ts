import { existsSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { openDatabase } from '../../src/db/index.ts';
import { admin, audit, begin, call, listAt, models } from './calls.ts';
import { type Facts, type Program, workplace } from './program.ts';

const here = workplace();

/** A stream of about `ms`, ten events a second, whose first piece has arrived. */
async function slowStream(site: Program, ms: number): Promise<{ id: string; rest: Promise<string> }> {
  const text = `Tell me [sandbox:tokens=${ms / 50},events=${ms / 100},event-delay-ms=100]`;
  const response = await begin(site, 'openai', { text, stream: true });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let said = '';
  const next = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (value) said += Buffer.from(value).toString();
    return !done;
  };
  await next();
  const readOn = async (): Promise<string> => {
    while (await next());
    return said;
  };
  return {
    id: response.headers.get('x-request-id') ?? '',
    rest: readOn().catch((error: Error) => `cut: ${error.message}`),
  };
}

const refused = (site: Program): Promise<string> =>
  fetch(`${site.url}/health`).then(
    (response) => `answered ${response.status}`,
    (error: Error) => String((error.cause as { code?: string } | undefined)?.code),
  );

/** The record as it stands in the database of a site that does not run. */
async function storedOutcome(dataDir: string, id: string): Promise<Facts | undefined> {
  const database = await openDatabase({ databaseUrl: null, dataDir, log: silentLog });
  try {
    const { rows } = await database.pool.query<Facts>('select * from request_records where id = $1', [id]);
    return rows[0];
  } finally {
    await database.close();
  }
}

describe('SIGTERM', () => {
  const dataDir = here.path('drained');

  test('lets running calls finish, takes no new ones, applies the journal and leaves in good order', async () => {
    const site = await here.start({ dataDir });
    const stream = await slowStream(site, 2_500);
    const sync = call(site, 'anthropic', { text: 'Say hello [sandbox:delay-ms=1500]' });
    await expect.poll(() => admin(site, 'GET', 'requests?model=claude-sonnet-4-6')).toMatchObject({ data: [{}] });
    site.signal('SIGTERM');
    await expect.poll(() => refused(site)).toBe('ECONNREFUSED');
    expect(site.stdout()).toContain('Stopping');
    const answer = await sync;
    expect([answer.status, answer.body['type']]).toEqual([200, 'message']);
    expect(await stream.rest).toMatch(/"finish_reason":"stop"[\s\S]*data: \[DONE\]\n\n$/);
    expect(await site.ended).toEqual({ code: 0, signal: null });
    expect(site.stderr()).toBe('');
    expect(existsSync(path.join(dataDir, 'run.json'))).toBe(false);
    // Not by the next start: it stands there already.
    for (const id of [stream.id, answer.id])
      expect(await storedOutcome(dataDir, id)).toMatchObject({ outcome: 'completed', charge_rule: 'actual_usage' });
    const command = await here.run(['requests', 'list'], { dataDir });
    expect([command.code, command.stderr]).toEqual([4, expect.stringContaining('No site is running')]);
  });

  test('a large answer reaches a slow reader whole', async () => {
    const site = await here.start({ dataDir });
    const input = Array.from({ length: 100 }, (_, i) => `text ${i}`);
    const body = JSON.stringify({ model: 'text-embedding-3-large', input });
    const { response, read } = await unread(`${site.url}/v1/embeddings`, site.keys.openai, body);
    expect(response.statusCode).toBe(200);
    site.signal('SIGTERM');
    await expect.poll(() => refused(site)).toBe('ECONNREFUSED');
    const text = await read();
    expect((JSON.parse(text) as Facts)['data']).toHaveLength(100);
    expect(await site.ended).toEqual({ code: 0, signal: null });
  });

  test('what runs longer than LODGE_DRAIN_MS is cut, recorded and not charged', async () => {
    const site = await here.start({ dataDir, settings: { LODGE_DRAIN_MS: '300' } });
    const stream = await slowStream(site, 20_000);
    const startedMs = performance.now();
    site.signal('SIGTERM');
    expect(await stream.rest).toMatch(/^cut: /);
    expect(await site.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect(await storedOutcome(dataDir, stream.id)).toMatchObject({ fault: 'us', actual_cost: 0n });
  });

  test('a second signal ends it at once, unless it is the first one once more', async () => {
    const site = await here.start({ dataDir });
    const stream = await slowStream(site, 20_000);
    site.signal('SIGTERM');
    await expect.poll(() => site.stdout()).toContain('Stopping');
    const startedMs = performance.now();
    // Within the first second it counts as the same one, passed on by somebody between.
    const repeating = setInterval(() => site.signal('SIGINT'), 100);
    expect((await site.ended).code).toBe(1);
    clearInterval(repeating);
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThan(500);
    expect(tookMs).toBeLessThan(10_000);
    expect(await stream.rest).toMatch(/^cut: /);
    const again = await here.start({ dataDir });
    expect(await admin(again, 'GET', `requests/${stream.id}`)).toMatchObject({ outcome: 'interrupted' });
    expect(await audit(again)).toMatchObject({ ok: true, mismatches: [] });
    await again.stop();
  });

  test('in the middle of a start it leaves nothing behind', async () => {
    for (const afterMs of [150, 450]) {
      const starting = here.run(['start'], { dataDir, prefix: ['timeout', '--signal=TERM', String(afterMs / 1000)] });
      await starting;
      await expect.poll(() => existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
    }
    const site = await here.start({ dataDir });
    expect(await audit(site)).toMatchObject({ ok: true, open: 0 });
    expect(await site.stop()).toMatchObject({ code: 0 });
  });
});

test('kill -9 in mid-stream: the call is found again, interrupted and not charged, and the books agree', async () => {
  const dataDir = here.path('killed');
  const site = await here.start({ dataDir });
  const done = await call(site, 'gemini');
  const streams = await Promise.all([slowStream(site, 20_000), slowStream(site, 20_000)]);
  const waiting = call(site, 'openai', { text: 'Say hello [sandbox:never]' }).catch(() => null);
  await expect.poll(async () => listAt(await admin(site, 'GET', 'requests'), 'data').length).toBe(4);
  site.signal('SIGKILL');
  expect(await site.ended).toEqual({ code: null, signal: 'SIGKILL' });
  for (const { rest } of streams) expect(await rest).toMatch(/^cut: /);
  expect(await waiting).toBeNull();

  const again = await here.start({ dataDir });
  for (const { id } of streams) {
    const shown = await here.run(['requests', 'show', id], { dataDir });
    expect(shown.stdout).toContain('interrupted');
    expect(shown.stdout).toMatch(/charged +0 USD/);
    const facts = await here.lodge(again, 'requests', 'show', id);
    expect(facts).toMatchObject({
      outcome: 'interrupted',
      fault: 'us',
      error_code: 'gateway_interrupted',
      model_asked: models.openai,
      charge: { actual_cost_usd: '0', rule: 'interrupted' },
      attempts: [{ status: 200, vendor_request_id: expect.stringMatching(/^req_/) }],
    });
  }
  expect(await admin(again, 'GET', `requests/${done.id}`)).toMatchObject({ outcome: 'completed' });
  const found = await here.run(['audit', '--json'], { dataDir });
  expect(JSON.parse(found.stdout)).toMatchObject({ ok: true, records: 4, open: 0, mismatches: [] });
  expect(found.code).toBe(0);
  expect(await again.stop()).toMatchObject({ code: 0 });
});

/** A response whose body nobody reads yet. */
function unread(url: string, key: string, body: string) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return new Promise<{ response: http.IncomingMessage; read: () => Promise<string> }>((resolve, reject) => {
    const request = http.request(url, { method: 'POST', headers }, (response) => {
      const read = async (): Promise<string> => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) {
          chunks.push(chunk as Buffer);
          await sleep(10);
        }
        return Buffer.concat(chunks).toString();
      };
      resolve({ response, read });
    });
    request.once('error', reject);
    request.end(body);
  });
}
