import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, audit, begin, call, codeOf, get, newKey, numberAt, type Reply, reply } from './calls.ts';
import { type Facts, type Program, workplace } from './program.ts';

/** What a key may do: per minute, at once, and for how much. */
const here = workplace();
let site: Program;
beforeAll(async () => {
  site = await here.start();
}, 90_000);
afterAll(async () => {
  expect(await audit(site)).toMatchObject({ ok: true, mismatches: [], open: 0 });
  expect(await site?.stop()).toEqual({ code: 0, signal: null });
});

const said = (answer: Reply): string => (answer.status === 200 ? '200' : `${answer.status} ${codeOf(answer)}`);

/** gpt-5.5 costs 5 USD per million tokens in and 30 out; nothing of these prompts is long enough for the cache. */
function nanoOf({ body }: Reply): bigint {
  return (
    BigInt(numberAt(body, 'usage', 'prompt_tokens')) * 5_000n +
    BigInt(numberAt(body, 'usage', 'completion_tokens')) * 30_000n
  );
}

const usd = (nano: bigint): number => Number(nano) / 1e9;

test('requests per minute: the limit stands in every answer, and what is over it is told when to come back', async () => {
  const key = (await newKey(site, 'openai-standard', { limits: { requests_per_minute: 3 } })).secret;
  const left: (string | null)[] = [];
  for (let i = 0; i < 3; i++) {
    const answer = await call(site, 'openai', { key });
    expect(said(answer)).toBe('200');
    expect(answer.headers.get('x-ratelimit-limit')).toBe('3');
    expect(answer.headers.get('retry-after')).toBeNull();
    left.push(answer.headers.get('x-ratelimit-remaining'));
  }
  expect(left).toEqual(['2', '1', '0']);
  const refused = await call(site, 'openai', { key });
  expect(said(refused)).toBe('429 rate_limited');
  expect(Number(refused.headers.get('retry-after'))).toSatisfy((wait: number) => wait >= 1 && wait <= 60);
  const resetMs = Number(refused.headers.get('x-ratelimit-reset')) * 1_000;
  expect(resetMs).toSatisfy((at: number) => at > Date.now() && at < Date.now() + 62_000);
  // Counting tokens and listing models has a window of its own.
  expect((await get(site, '/v1/models', key)).status).toBe(200);
  // Another key is not touched.
  expect(said(await call(site, 'openai'))).toBe('200');
  await expect
    .poll(() => admin(site, 'GET', `requests/${refused.id}`))
    .toMatchObject({
      outcome: 'refused',
      fault: 'you',
      limit: { kind: 'requests', limit: 3 },
      charge: { actual_cost_usd: '0' },
    });
});

test('calls at once: a finished one, a failed one and one that was left all make room', async () => {
  const key = (await newKey(site, 'anthropic-standard', { limits: { concurrency: 1 } })).secret;
  const slow = { key, text: 'Say hello [sandbox:events=50,event-delay-ms=100]', stream: true };
  const leaving = new AbortController();
  const running = await begin(site, 'anthropic', { ...slow, signal: leaving.signal });
  expect(said(await call(site, 'anthropic', { key }))).toBe('429 concurrency_limited');
  leaving.abort();
  await expect.poll(async () => said(await call(site, 'anthropic', { key }))).toBe('200');
  await running.text().catch(() => undefined);
  expect((await call(site, 'anthropic', { key, text: '[sandbox:status=500]' })).status).toBe(502);
  expect(said(await call(site, 'anthropic', { key }))).toBe('200');
  const both = await Promise.all([call(site, 'anthropic', { key }), call(site, 'anthropic', { key })]);
  expect(both.map(said).sort()).toEqual(['200', '429 concurrency_limited']);
});

test('tokens per minute', async () => {
  const key = (await newKey(site, 'gemini-standard', { limits: { tokens_per_minute: 500 } })).secret;
  expect(said(await call(site, 'gemini', { key, text: '[sandbox:tokens=600]' }))).toBe('200');
  const refused = await call(site, 'gemini', { key });
  expect(said(refused)).toBe('429 token_rate_limited');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
});

test('a spending cap: calls until 402, sums to the nano, also after a restart; raising it helps at once', async () => {
  const limits = { requests_per_minute: 1000, spend_usd: { total: '0.1', '1d': '5' } };
  const key = await newKey(site, 'openai-standard', { limits });
  let spent = 0n;
  let output = 0;
  let calls = 0;
  for (; calls < 10; calls++) {
    const answer = await call(site, 'openai', {
      key: key.secret,
      text: 'Say hello [sandbox:tokens=1000]',
      stream: false,
    });
    if (answer.status !== 200) break;
    spent += nanoOf(answer);
    output += numberAt(answer.body, 'usage', 'completion_tokens');
  }
  // 1,000 tokens at 30 USD per million are 3 cents: the fourth call passes the cap, the fifth is refused.
  expect(calls).toBe(4);
  const refused = await call(site, 'openai', { key: key.secret });
  expect(said(refused)).toBe('402 spending_limit_reached');
  expect([refused.headers.get('retry-after'), refused.headers.get('x-should-retry')]).toEqual([null, 'false']);
  const stream = await reply(await begin(site, 'openai', { key: key.secret, stream: true }));
  expect(said(stream)).toBe('402 spending_limit_reached');

  const usage = async () => (await get(site, '/v1/usage', key.secret)).body;
  await expect.poll(usage).toMatchObject({ usage: { total: { cost: usd(spent) } } });
  const told = await usage();
  expect(told).toMatchObject({
    mode: 'quota_limited',
    isValid: true,
    status: 'active',
    quota: { limit: 0.1, used: usd(spent), remaining: 0, unit: 'USD' },
    remaining: 0,
    rate_limits: [{ window: '1d', limit: 5, used: usd(spent), remaining: usd(5_000_000_000n - spent) }],
    usage: { total: { cost: usd(spent), actual_cost: usd(spent), output_tokens: output } },
    model_stats: [{ model: 'gpt-5.5', output_tokens: output, actual_cost: usd(spent) }],
  });
  const classes = ['input_tokens', 'output_tokens', 'cache_creation_tokens', 'cache_read_tokens'];
  const sum = classes.reduce((all, each) => all + numberAt(told, 'usage', 'total', each), 0);
  expect(numberAt(told, 'usage', 'total', 'total_tokens')).toBe(sum);

  site.signal('SIGKILL');
  await site.ended;
  site = await here.start();
  expect(said(await call(site, 'openai', { key: key.secret }))).toBe('402 spending_limit_reached');
  await admin(site, 'PATCH', `keys/${key.prefix}`, { limits: { spend_usd: { total: '1' } } });
  expect(said(await call(site, 'openai', { key: key.secret }))).toBe('200');
});

test('usage of a key without limits: the other shape, and the sums of all that it did', async () => {
  const key = (await newKey(site, 'openai-standard')).secret;
  const answers = await Promise.all([1, 2, 3].map((n) => call(site, 'openai', { key, text: `Say ${n}` })));
  const streamed = await reply(await begin(site, 'openai', { key, stream: true, text: 'Say four' }));
  expect(streamed.text).toContain('[DONE]');
  expect((await call(site, 'openai', { key, text: '[sandbox:status=500]' })).status).toBe(502);
  const spent = answers.reduce((sum, answer) => sum + nanoOf(answer), 0n);
  const usage = async () => (await get(site, '/v1/usage', key)).body;
  await expect.poll(async () => numberAt(await usage(), 'usage', 'total', 'output_tokens')).toBeGreaterThan(0);
  await expect.poll(async () => numberAt(await usage(), 'usage', 'total', 'cost')).toBeGreaterThan(usd(spent));
  const told: Facts = await usage();
  expect(told).toMatchObject({ mode: 'unrestricted', isValid: true, planName: 'OpenAI standard', unit: 'USD' });
  expect(told['quota']).toBeUndefined();
  const { today, total } = told['usage'] as Facts;
  expect(today).toEqual(total);
  expect(told['model_stats']).toMatchObject([{ model: 'gpt-5.5' }]);
  // Days bound the statistics by model, and nothing else.
  const past = (await get(site, '/v1/usage?start_date=2026-01-01&end_date=2026-01-02', key)).body;
  expect(past['model_stats']).toEqual([]);
  expect(numberAt(past, 'usage', 'total', 'cost')).toBe(numberAt(told, 'usage', 'total', 'cost'));
  const wrong = await get(site, '/v1/usage?start_date=2026-02-31', key);
  expect(said(wrong)).toBe('400 invalid_parameter');
});
