import { describe, expect, test } from 'vitest';
import { errorTable } from '../../gateway/index.ts';
import type { RequestFacts } from '../../metering/index.ts';
import { type AnswerFacts, composeAnswer } from './compose.ts';
import { bareAnswer, fullFacts, refusedFacts, telling } from './testing/facts.ts';

const locales = ['en', 'zh'] as const;
type Locale = (typeof locales)[number];

const limitOf: Readonly<Record<string, RequestFacts['limit']>> = {
  rate_limited: { kind: 'requests', limit: 60, used: 60, reset_at: '2026-11-21T12:31:00.000Z' },
  token_rate_limited: { kind: 'tokens', limit: 90_000, used: 90_100, reset_at: '2026-11-21T12:31:00.000Z' },
  concurrency_limited: { kind: 'concurrency', limit: 4, used: 4, reset_at: null },
  spending_limit_reached: { kind: 'spend_1d', limit: 5e9, used: 5.25e9, reset_at: '2026-11-22T00:00:00.000Z' },
};

const failedAttempt = { ...fullFacts.attempts[0], number: 1 } as RequestFacts['attempts'][number];

/** A record as it stands when a call ended with this code. */
function recordOfCode(code: keyof typeof errorTable): RequestFacts {
  const { status, actor: fault } = errorTable[code];
  const known = { ...refusedFacts, status, fault, error_code: code, limit: limitOf[code] ?? null };
  if (fault === 'you' && !code.startsWith('upstream_')) return known;
  const rule = fault === 'vendor' ? 'vendor_error' : fault === 'us' ? 'our_error' : 'vendor_error';
  const outcome = code === 'upstream_broken' ? 'stream_broken' : fault === 'us' ? 'gateway_error' : 'vendor_error';
  const attempts = code.startsWith('upstream_') ? [{ ...failedAttempt, failure: code, status: 503 }] : [];
  return { ...known, outcome, attempts, duration_ms: 813, charge: { ...known.charge, rule } };
}

const outcomes: Readonly<Record<string, Partial<RequestFacts>>> = {
  open: { duration_ms: null, tokens: null, usage_source: 'none', charge: { ...fullFacts.charge, rule: null } },
  completed: {},
  refused: {
    ...refusedFacts,
    status: 429,
    error_code: 'rate_limited',
    fault: 'you',
    limit: limitOf['rate_limited'] ?? null,
  },
  vendor_error: recordOfCode('upstream_error'),
  gateway_error: recordOfCode('internal_error'),
  client_left_early: {
    ...refusedFacts,
    outcome: 'client_left_early',
    status: null,
    charge: { ...refusedFacts.charge, rule: 'no_output' },
  },
  client_left_midstream: { usage_source: 'estimated', charge: { ...fullFacts.charge, rule: 'estimated_output' } },
  stream_broken: recordOfCode('upstream_broken'),
  interrupted: {
    ...refusedFacts,
    status: null,
    fault: 'us',
    error_code: 'gateway_interrupted',
    duration_ms: null,
    charge: { ...refusedFacts.charge, rule: 'interrupted' },
  },
  something_new: { error_code: 'a_new_code', fault: 'us', status: 500 },
};

function written(answer: AnswerFacts, locale: Locale): string {
  const { subject, text } = composeAnswer({ ...answer, locale });
  return `Subject: ${subject}\n\n${text}\n`;
}

function section(name: string, text: string): string {
  return `==== ${name}\n${text}\n`;
}

describe.each(locales)('in %s', (locale) => {
  test('every error code has its explanation', async () => {
    const codes = Object.keys(errorTable) as (keyof typeof errorTable)[];
    const all = codes.map((code) => section(code, written(telling(recordOfCode(code)), locale)));
    expect(all.join('')).not.toMatch(/null|undefined|NaN|\(\)|（）|secret|\bsupport\b|客服/i);
    await expect(all.join('\n')).toMatchFileSnapshot(`golden/codes.${locale}.txt`);
  });

  test('every outcome has its explanation', async () => {
    const all = Object.entries(outcomes).map(([outcome, parts]) =>
      section(outcome, written(telling({ ...fullFacts, ...parts, outcome }), locale)),
    );
    expect(all.join('')).not.toMatch(/null|undefined|NaN|\(\)|（）|secret/);
    await expect(all.join('\n')).toMatchFileSnapshot(`golden/outcomes.${locale}.txt`);
  });

  test('every kind of letter', async () => {
    const all: Readonly<Record<string, AnswerFacts>> = {
      'without ids': bareAnswer,
      neutral: { ...bareAnswer, untold: 1 },
      'with a promised time': { ...bareAnswer, target: { plan: 'enterprise', dueAtMs: Date.UTC(2026, 10, 21, 14) } },
      'with much to ask for': { ...bareAnswer, missing: ['request_id', 'time', 'error', 'tool', 'expected'] },
      'a mistyped id and a secret': { ...bareAnswer, mistyped: 1, heldSecrets: true },
      vulnerability: { ...bareAnswer, kind: 'vulnerability' },
      'vulnerability, with a secret': { ...bareAnswer, kind: 'vulnerability', heldSecrets: true },
      'two calls, others, older ones and mistyped ones, with a promised time': {
        ...telling(fullFacts),
        told: [...telling(fullFacts).told, ...telling(recordOfCode('key_disabled')).told],
        untold: 1,
        expired: 2,
        mistyped: 3,
        target: { plan: 'pro', dueAtMs: Date.UTC(2026, 10, 23, 9) },
      },
      'without cost, best effort': {
        ...telling(fullFacts, { withCost: false }),
        target: { plan: 'starter', dueAtMs: null },
      },
      'spending limit, without cost': telling(recordOfCode('spending_limit_reached'), { withCost: false }),
      'older than the records': { ...bareAnswer, kind: 'explanation', expired: 1 },
    };
    const texts = Object.entries(all).map(([name, answer]) => section(name, written(answer, locale)));
    await expect(texts.join('\n')).toMatchFileSnapshot(`golden/letters.${locale}.txt`);
  });
});

test('a blank field takes its sentence along, and changes nothing else', () => {
  /** What of each field can be read in the answer: sentences without any of it must stand as they did. */
  const shows: Readonly<Record<string, readonly string[]>> = {
    key_prefix: ['sk-lodge-AAAAAAAA'],
    region: ['eu-west'],
    model_asked: ['gpt-4'],
    model_routed: ['gpt-5.1'],
    model_served: ['gpt-5.1-2026-08-01'],
    client_tool: ['codex'],
    client_version: ['1.2.3'],
    head_ms: [],
    first_token_ms: ['210'],
    duration_ms: ['813'],
    tokens: ['1003', '64'],
    limit: ['57', '60', '12:31:00'],
    status: ['429'],
    upstream_status: [],
    error_code: ['rate_limited', '57', '12:31:00', 'What to do', '要做', '下一步'],
    fault: ['To act', 'What to do', '需要处理', '下一步'],
    incident: ['INC-7'],
    attempts: ['upstream_overloaded'],
    project_id: [],
    key_id: [],
    group_id: [],
    channel_id: [],
    vendor: [],
    wire: [],
    admitted_ms: [],
    vendor_response_id: [],
    organization_id: [],
    who_must_act: [],
  };
  const whole: RequestFacts = {
    ...fullFacts,
    outcome: 'refused',
    error_code: 'rate_limited',
    fault: 'you',
    status: 429,
  };
  for (const locale of locales) {
    const before = sentencesOf(whole, locale);
    for (const [field, marks] of Object.entries(shows)) {
      const blank = { ...whole, [field]: field === 'attempts' ? [] : field === 'region' ? '' : null };
      const after = sentencesOf(blank, locale);
      expect(after.join(' '), field).not.toMatch(/null|undefined|NaN|\(\)|（）|\(, |，，|：。| {2}|\s[.,]/);
      for (const sentence of before.filter((one) => !marks.some((mark) => one.includes(mark))))
        expect(after, `${field} (${locale})`).toContain(sentence);
      for (const mark of marks.slice(0, 1)) {
        if (mark === '60' || mark === 'gpt-5.1' || mark === 'gpt-4') continue;
        expect(after.join(' '), field).not.toContain(mark);
      }
    }
  }
});

function sentencesOf(facts: RequestFacts, locale: Locale): string[] {
  const { text } = composeAnswer({ ...telling(facts), locale });
  return text
    .split(/\n+|(?<=。)|(?<=[A-Za-z]\.|\)) (?=[A-Z])/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

test('nothing of the site’s own set-up, and no amount without the right to see it, stands in an answer', () => {
  const attempts = [{ ...failedAttempt, failure: 'upstream_credentials', status: 401 }];
  const facts: RequestFacts = { ...recordOfCode('upstream_credentials'), attempts };
  for (const locale of locales) {
    const { text } = composeAnswer({ ...telling(facts), locale });
    expect(text).not.toMatch(/channel|node-|401/);
    for (const code of ['spending_limit_reached', 'rate_limited'] as const) {
      const told = composeAnswer({ ...telling(recordOfCode(code), { withCost: false }), locale }).text;
      expect(told).not.toMatch(/USD|\b5\.25\b/);
    }
    const untold = composeAnswer({ ...telling(fullFacts, { withCost: false }), locale }).text;
    expect(untold).not.toMatch(/USD|0\.0077|0\.0069|0\.9|price_a/);
  }
});

test('a key that works again is said to', () => {
  const facts = recordOfCode('key_disabled');
  const words = 'By now the key is in use again.';
  expect(composeAnswer(telling(facts)).text).toContain(words);
  expect(composeAnswer(telling(facts, { keyNow: 'disabled' })).text).not.toContain(words);
  expect(composeAnswer(telling(recordOfCode('rate_limited'))).text).not.toContain(words);
});
