import { describe, expect, test } from 'vitest';
import { missingFacts, type ReportFacts, readReport } from './index.ts';
import { chinese } from './testing/chinese.ts';
import { failuresEn } from './testing/failures-en.ts';
import { type CorpusMail, type Finds, receivedAt } from './testing/mail.ts';
import { othersEn } from './testing/others-en.ts';

const options = {
  site: 'lodge',
  receivedAtMs: Date.parse(receivedAt),
  errorCodes: [
    'rate_limited',
    'overloaded',
    'key_disabled',
    'key_unknown',
    'spending_limit_reached',
    'model_not_found',
    'upstream_error',
  ],
  models: ['gpt-5.6-sol', 'claude-opus-5-5', 'gemini-3.8-flash', 'deepseek-chat', 'gpt-4o'],
};

const lengths = { second: 19, minute: 16, hour: 13, day: 10 } as const;

function findsOf(facts: ReportFacts): Finds {
  const says = [
    facts.expectation && 'expectation',
    facts.incidentQuestion && 'incident',
    facts.chargeQuestion && 'charge',
  ].filter((one) => one !== null);
  return {
    ...(facts.prefix === null ? {} : { prefix: facts.prefix }),
    language: facts.language,
    ids: facts.requestIds.map(({ id }) => id),
    mistyped: facts.mistypedIds.map(({ text, reason }) => `${text} ${reason}`),
    times: facts.times.map(({ atMs, precision, zone, zoneFrom }) => {
      const marks = { written: ` ${zone}`, stated: ` ~${zone}`, sent: ` @${zone}`, none: ' ?' };
      return new Date(atMs).toISOString().slice(0, lengths[precision]) + marks[zoneFrom];
    }),
    statuses: facts.statuses.map(({ status }) => status),
    codes: facts.errorCodes.map(({ code }) => code),
    connection: facts.connectionErrors.map(({ text }) => text),
    headers: facts.headers.map(({ name, value }) => `${name}: ${value}`),
    bodies: facts.bodies.map(({ code, type, status }) => `${code ?? '-'} ${type ?? '-'} ${status ?? '-'}`),
    tools: facts.tools.map(({ tool, version }) => (version === null ? tool : `${tool} ${version}`)),
    models: facts.models.map(({ model, known }) => (known ? model : `${model}?`)),
    orders: facts.orderIds.map(({ value }) => value),
    keyPrefixes: facts.keyPrefixes.map(({ value }) => value),
    zones: facts.zones.map(({ name }) => name),
    impact: facts.impact.map(({ kind }) => kind),
    says,
    missing: missingFacts(facts, facts.prefix ?? 'general'),
  };
}

const nothing: Finds = {
  ids: [],
  mistyped: [],
  times: [],
  statuses: [],
  codes: [],
  connection: [],
  headers: [],
  bodies: [],
  tools: [],
  models: [],
  orders: [],
  keyPrefixes: [],
  zones: [],
  impact: [],
  says: [],
  missing: [],
};

/** Every fact stands where it says. */
function checkPlaces(mail: CorpusMail, facts: ReportFacts): void {
  const part = (place: { part: string; attachment: number | null }) =>
    place.part === 'attachment'
      ? (mail.attachments?.[place.attachment ?? -1] ?? '')
      : place.part === 'subject'
        ? mail.subject
        : mail.text;
  const lists = [
    facts.requestIds,
    facts.times,
    facts.statuses,
    facts.tools,
    facts.models,
    facts.orderIds,
    facts.impact,
  ];
  for (const { place } of lists.flat()) {
    expect(place.end).toBeGreaterThan(place.start);
    expect(place.end).toBeLessThanOrEqual(part(place).length);
  }
  for (const { status, place } of facts.statuses)
    expect(part(place).slice(place.start, place.end)).toBe(String(status));
  for (const { place } of facts.requestIds) expect(part(place).slice(place.start, place.end)).toMatch(/^r.?e.?q|^ｒ/i);
}

const corpora: readonly (readonly [string, 'en' | 'zh', readonly CorpusMail[]])[] = [
  ['failures in English', 'en', failuresEn],
  ['other mails in English', 'en', othersEn],
  ['mails in Chinese', 'zh', chinese],
];

test('the corpus has enough of both languages', () => {
  expect(failuresEn.length + othersEn.length).toBeGreaterThanOrEqual(45);
  expect(chinese.length).toBeGreaterThanOrEqual(20);
});

describe.each(corpora)('%s', (_name, language, mails) => {
  test.each(mails.map((mail) => [mail.name, mail] as const))('%s', (_mail, mail) => {
    const { subject, text, attachments = [] } = mail;
    const facts = readReport({ subject, text, attachmentsText: attachments }, options);
    expect(findsOf(facts)).toEqual({ ...nothing, language, ...mail.finds });
    checkPlaces(mail, facts);
  });
});
