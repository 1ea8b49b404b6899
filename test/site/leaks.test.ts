import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { attachDatabase } from '../../src/db/index.ts';
import { admin, newKey, type Reply, reply } from './calls.ts';
import { type Program, type Vendor, workplace } from './program.ts';

/**
 * Neither what was said nor what is secret may be kept or told anywhere. Every place where content can stand in a call
 * holds a word of its own, so that what leaks names where it came from.
 */
const here = workplace();
const run = randomBytes(4).toString('hex');
/** What was said; parts of addresses, which a refusal may name to its own caller; sentences in place of a model. */
const content = new Map<string, string>();
const addresses = new Map<string, string>();
const models = new Map<string, string>();
const secrets = new Map<string, string>();

/** A word that stands nowhere else, for one place. */
function canary(place: string, among = content): string {
  const word = `canary${randomBytes(6).toString('hex')}${run}`;
  among.set(word, place);
  return word;
}

let site: Program;
let keys: Record<Vendor, string>;
const ids: string[] = [];
const errors: string[] = [];

beforeAll(async () => {
  const settings = { LODGE_LOG: 'debug', LODGE_HEAD_TIMEOUT_MS: '700', LODGE_MAX_JSON_BODY: '200000' };
  site = await here.start({ settings });
  const made = async (vendor: Vendor) => (await newKey(site, `${vendor}-standard`, { note: 'x' })).secret;
  keys = { openai: await made('openai'), anthropic: await made('anthropic'), gemini: await made('gemini') };
  for (const vendor of ['openai', 'anthropic', 'gemini'] as const) {
    secrets.set(keys[vendor], `a customer’s key for ${vendor}`);
    secrets.set(site.keys[vendor], `the demo key for ${vendor}`);
  }
  secrets.set(site.adminToken, 'the admin token');
  for (const [file, what] of Object.entries({ secret: 'the master secret', 'postgres-password': 'the password' }))
    secrets.set((await readFile(path.join(site.dataDir, file), 'utf8')).trim(), what);
  const credential = `sk-vendor-${randomBytes(16).toString('hex')}`;
  secrets.set(credential, 'a channel’s credential');
  const base_url = `${site.sandboxUrl}/openai/v1`;
  await admin(site, 'PUT', 'channels/own?expect=new', { group: 'openai-standard', base_url, credential, weight: 1000 });
}, 90_000);
afterAll(async () => {
  expect(await site?.stop()).toEqual({ code: 0, signal: null });
});

/** What of all this stands in a text, by its name. */
function leaksIn(text: string, what: readonly ReadonlyMap<string, string>[]): string[] {
  return what.flatMap((map) => [...map].filter(([word]) => text.includes(word)).map(([, name]) => name));
}

interface Send {
  readonly vendor: Vendor;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** Sends a call with an unknown header that says something, and notes its id and, of a refusal, its body. */
async function send({ vendor, path: target, body, headers = {}, method = 'POST' }: Send): Promise<Reply> {
  const form = body instanceof FormData;
  const answer = await reply(
    await fetch(site.url + target, {
      method,
      headers: {
        authorization: `Bearer ${keys[vendor]}`,
        'x-my-note': canary(`unknown header of ${target}`),
        ...(form ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: form || typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  ).catch((error: Error) => ({ status: 0, id: '', text: error.message }) as Reply);
  if (answer.id) ids.push(answer.id);
  if (answer.status >= 400) errors.push(answer.text);
  return answer;
}

const faults = [
  '',
  '[sandbox:status=400]',
  '[sandbox:status=401]',
  '[sandbox:status=429]',
  '[sandbox:status=500,html-error]',
  '[sandbox:cut-after=2]',
  '[sandbox:error-after=2]',
  '[sandbox:never]',
  '[sandbox:no-usage]',
  '[sandbox:echo]',
];

/** Content in every place of a wire's request that has one. */
function requests(vendor: Vendor, fault: string, stream: boolean): Send[] {
  const say = (place: string): string => `${canary(`${vendor} ${place}`)} ${fault}`;
  const schema = { type: 'object', properties: { [canary(`${vendor} schema`)]: { type: 'string' } } };
  const tool = { name: 'look', description: canary(`${vendor} tool description`) };
  if (vendor === 'anthropic') {
    const prompt = { type: 'text', text: say('prompt') };
    const use = { type: 'tool_use', id: 't1', name: 'look', input: { q: canary('anthropic tool arguments') } };
    const result = { type: 'tool_result', tool_use_id: 't1', content: canary('anthropic tool result') };
    const messages = [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: [use] },
      { role: 'user', content: [result, prompt] },
    ];
    const body = { model: 'claude-sonnet-4-6', max_tokens: 90, stream, system: say('system'), messages };
    const metadata = { user_id: canary('anthropic user id') };
    return [
      { vendor, path: '/v1/messages', body: { ...body, metadata, tools: [{ ...tool, input_schema: schema }] } },
      { vendor, path: '/v1/messages/count_tokens', body: { model: 'claude-sonnet-4-6', messages: [messages[0]] } },
    ];
  }
  if (vendor === 'gemini') {
    const contents = [{ role: 'user', parts: [{ text: say('prompt') }] }];
    const systemInstruction = { parts: [{ text: say('system') }] };
    const tools = [{ functionDeclarations: [{ ...tool, parameters: schema }] }];
    const method = stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
    return [
      { vendor, path: `/v1beta/models/gemini-3.5-flash:${method}`, body: { contents, systemInstruction, tools } },
    ];
  }
  const call = {
    id: 'c1',
    type: 'function',
    function: { name: 'look', arguments: `{"q":"${canary('tool arguments')}"}` },
  };
  const messages = [
    { role: 'system', content: say('system') },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'c1', content: canary('openai tool result') },
    { role: 'user', content: say('prompt') },
  ];
  const more = { user: canary('openai user'), unknown_member: canary('openai unknown member') };
  const tools = [{ type: 'function', function: { ...tool, parameters: schema } }];
  return [
    { vendor, path: '/v1/chat/completions', body: { model: 'gpt-5.5', stream, messages, tools, ...more } },
    { vendor, path: '/v1/responses', body: { model: 'gpt-5.5', stream, input: say('prompt'), ...more } },
  ];
}

test('calls of all wires, whole and streamed, served and failed', async () => {
  for (const vendor of ['openai', 'anthropic', 'gemini'] as const)
    for (const stream of [false, true]) {
      const all = faults.flatMap((fault) => requests(vendor, fault, stream));
      const answers = await Promise.all(all.map(send));
      const served = answers.filter(({ status }) => status === 200).map(({ text }) => text);
      expect(served.length).toBeGreaterThan(1);
      // The caller does get back what the echo says, in a stream piece by piece: the words are on their way through.
      if (!stream) expect(leaksIn(served.join('\n'), [content])).toContain(`${vendor} prompt`);
      expect(answers.some(({ status }) => status >= 500)).toBe(true);
    }
});

test('files, other endpoints, and refusals of every kind', async () => {
  const form = new FormData();
  form.set('file', new Blob([canary('file content')]), `${canary('file name')}.mp3`);
  form.set('prompt', canary('form field'));
  form.set('model', 'whisper-1');
  expect((await send({ vendor: 'openai', path: '/v1/audio/transcriptions', body: form })).status).toBe(200);
  const stranger = new FormData();
  stranger.set('file', new Blob([canary('refused file content')]), `${canary('refused file name')}.mp3`);
  stranger.set('model', `Please transcribe ${canary('model name of a form', models)} for me`);
  expect((await send({ vendor: 'openai', path: '/v1/audio/transcriptions', body: stranger })).status).toBe(404);

  const model = 'gpt-5.5';
  const openai = (path: string, body: unknown, more: Partial<Send> = {}) =>
    send({ vendor: 'openai', path, body, ...more });
  await openai('/v1/embeddings', { model: 'text-embedding-3-small', input: [canary('embedding input')] });
  await openai('/v1/images/generations', { model: 'gpt-image-1.5', prompt: canary('image prompt') });
  await openai('/v1/moderations', { model: 'omni-moderation-latest', input: canary('moderation input') });
  await openai('/v1/chat/completions', {
    model: `Write me a poem about ${canary('model name', models)}`,
    messages: [],
  });
  await openai('/v1/chat/completions', `{"model":"${model}","messages":[{"${canary('broken JSON')}`);
  await openai('/v1/chat/completions', `{"model":"a","model":"${canary('second model')} b"}`);
  await openai('/v1/chat/completions', { model, messages: [canary('large body').repeat(6_000)] });
  await openai('/v1/chat/completions', canary('bad gzip'), { headers: { 'content-encoding': 'gzip' } });
  await openai('/v1/chat/completions', canary('odd encoding'), { headers: { 'content-encoding': canary('encoding') } });
  await openai(`/v1/nowhere/${canary('path', addresses)}/x`, { a: 1 });
  await openai(`/v1/chat/completions?note=${canary('query')}`, { model, messages: [{ role: 'user', content: 'hi' }] });
  await openai(`/v1/chat/completions?api_key=${keys.openai}`, { model, messages: [] });
  await openai('/v1/usage', undefined, { method: 'DELETE' });
  await openai(`/v1/files/${canary('file id', addresses)}`, undefined, { method: 'GET' });
  await openai('/v1/messages', { model, messages: [{ role: 'user', content: canary('wrong vendor') }] });
  const about = `Tell me about ${canary('model name in a path', models)}`;
  await send({ vendor: 'gemini', path: `/v1beta/models/${encodeURIComponent(about)}:generateContent`, body: {} });
  await send({ vendor: 'gemini', path: `/v1/models/${encodeURIComponent(about)}`, method: 'GET' });
  for (const authorization of [
    `Bearer ${canary('credential')}`,
    `Bearer sk-proj-${canary('vendor’s key')}${'x'.repeat(40)}`,
    `Bearer ${keys.openai.slice(0, -1)}`,
    `Basic ${Buffer.from(canary('basic')).toString('base64')}`,
  ])
    await openai('/v1/chat/completions', { model }, { headers: { authorization } });
  await fetch(`${site.url}/admin/v1/keys?search=${canary('admin search')}`, {
    headers: { authorization: `Bearer ${canary('admin token')}` },
  });
  errors.push(await raw(`GET /${canary('broken HTTP')} HTTP/9.9\r\n\r\n`));
  errors.push(await raw(`GET / HTTP/1.1\r\nx-note: ${canary('large head')}${'x'.repeat(40_000)}\r\n\r\n`));
});

test('somebody who leaves in the middle', async () => {
  for (const [vendor] of Object.entries(keys) as [Vendor, string][]) {
    const leaving = new AbortController();
    const [first] = requests(vendor, '[sandbox:event-delay-ms=50]', true);
    const headers = { authorization: `Bearer ${keys[vendor]}`, 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(first?.body), signal: leaving.signal };
    const response = await fetch(site.url + first?.path, request);
    ids.push(response.headers.get('x-request-id') ?? '');
    await response.body?.getReader().read();
    leaving.abort();
  }
});

test('no refusal repeats what it was sent', () => {
  expect(errors.length).toBeGreaterThan(60);
  expect(leaksIn(errors.join('\n'), [content, secrets])).toEqual([]);
});

test('nothing of it is kept: not in records and what they explain, nor in any table', async () => {
  expect(await here.lodge(site, 'audit')).toMatchObject({ ok: true, open: 0 });
  const kept = [...(await explained()), ...(await tables())];
  expect(kept.length).toBeGreaterThan(100);
  expect(leaksIn(kept.join('\n'), [content, addresses, secrets])).toEqual([]);
});

test('nor in logs, nor in any file of the data directory', async () => {
  expect(site.stderr().split('\n').length).toBeGreaterThan(10);
  expect(leaksIn(site.stderr(), [content, addresses, models, secrets])).toEqual([]);
  // The banner shows the demo keys: that is what it is for.
  const printed = site.stdout().replaceAll(/^ {2}curl .*$/gm, '');
  expect(leaksIn(printed, [content, addresses, models, secrets])).toEqual([]);
  const leaks: string[] = [];
  for (const [name, text] of await files()) {
    // The sandbox counts the paths that it was called with.
    const what = name === 'sandbox-counts.jsonl' ? [content, secrets] : [content, addresses, secrets];
    for (const leak of leaksIn(text, what)) leaks.push(`${name}: ${leak}`);
  }
  expect(leaks).toEqual([]);
});

// The model that was asked for stands in refusals, journal and records, also when it is no name but a sentence.
test('a sentence in place of a model name is not repeated and not kept', async () => {
  const kept = [...errors, ...(await explained()), ...(await tables()), ...(await files()).values()];
  expect(leaksIn(kept.join('\n'), [models])).toEqual([]);
});

/** What the operator is told: every call, and the lists. */
async function explained(): Promise<string[]> {
  const told: string[] = [];
  for (const id of ids) told.push(JSON.stringify(await admin(site, 'GET', `requests/${id}`)));
  for (const list of ['keys', 'channels', 'groups']) told.push(JSON.stringify(await admin(site, 'GET', list)));
  return told;
}

/** Every row of every table as text. */
async function tables(): Promise<string[]> {
  const database = await attachDatabase({ databaseUrl: null, dataDir: site.dataDir, log: silentLog });
  const { rows } = await database.pool.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  expect(rows.length).toBeGreaterThan(12);
  const texts: string[] = [];
  for (const { name } of rows) {
    const found = await database.pool.query<{ text: string }>(`select each::text as text from ${name} as each`);
    texts.push(...found.rows.map(({ text }) => `${name} ${text}`));
  }
  await database.close();
  return texts;
}

/** Every file of the data directory but those that are made to hold a secret, and the cluster. */
async function files(): Promise<Map<string, string>> {
  const meant = /^(secret|admin-token|demo-keys\.json|postgres-password|postgres\/.*)$/;
  const found = new Map<string, string>();
  for (const name of await readdir(site.dataDir, { recursive: true })) {
    const file = path.join(site.dataDir, name);
    if (!meant.test(name) && (await stat(file)).isFile()) found.set(name, await readFile(file, 'latin1'));
  }
  expect(found.size).toBeGreaterThan(3);
  return found;
}

/** What comes back for bytes that are no HTTP. */
async function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return text;
}
