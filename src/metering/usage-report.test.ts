import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dateAt } from '../base/time-zone.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import type { RequestRecord } from '../journal/index.ts';
import { type Interval, rangeOf } from './buckets.ts';
import type { Scope } from './reach.ts';
import { scopeOf } from './reach.ts';
import { reading } from './reading.ts';
import { bookRecords, closedRecordCost, insertOrganizations, recordOfKey, refused, someDayMs } from './testing.ts';
import { dayMs, hourMs } from './time-zone.ts';
import { noFilters, type UsageFilters } from './usage-filters.ts';
import type { Split } from './usage-pieces.ts';
import { usageReport } from './usage-report.ts';

let site: TestDatabase;
const records: RequestRecord[] = [];
const all: Scope = { organizationId: 'org_a', only: null };

beforeAll(async () => {
  site = await createTestDatabase();
  await insertOrganizations(site.database.pool);
  const keys = ['key_pa', 'key_pb', 'key_ma', 'key_mb', 'key_o', 'key_z'];
  // One about every seven hours over forty days: each date has other hours, also those at its ends.
  for (let index = 0; index < 137; index++) {
    const atMs = someDayMs - 40 * dayMs + index * 7 * hourMs + (index % 60) * 60_000;
    records.push(recordOfKey(keys[index % 6] ?? '', atMs, index % 10 === 3 ? refused : {}));
  }
  await bookRecords(site.database.pool, records);
});

afterAll(() => site.drop());

interface Asked {
  readonly scope?: Scope;
  readonly filters?: Partial<UsageFilters>;
  readonly from?: string;
  readonly to?: string;
  readonly zone?: string;
  readonly interval?: Interval;
  readonly split?: Split;
}

function report({ scope = all, filters, from, to, zone = 'UTC', interval = 'day', split = 'none' }: Asked = {}) {
  const query = {
    scope,
    filters: { ...noFilters, ...filters },
    range: rangeOf({ from, to }, zone, someDayMs),
    interval,
    timeZone: zone,
    split,
    rank: 'requests',
  } as const;
  return reading(site.database.pool, (client) => usageReport(client, query));
}

/** Requests by local date, counted from the records themselves. */
function countByDate(zone: string, shiftMinutes: number, of: (record: RequestRecord) => boolean): Map<string, number> {
  const counts = new Map<string, number>();
  for (const record of records.filter(of)) {
    const date = dateAt(zone, record.receivedAtMs - shiftMinutes * 60_000);
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return counts;
}

describe('days are cut in the viewer’s zone', () => {
  const cases = [
    ['UTC', 0],
    ['Europe/Paris', 0],
    ['Asia/Shanghai', 0],
    ['America/Los_Angeles', 0],
    ['Asia/Kolkata', 30],
  ] as const;

  test.each(cases)('%s: every day has the requests of its hours', async (zone, shift) => {
    // Over the end of October, when clocks change in Paris and Los Angeles; by key, so that whole days are put right.
    for (const split of ['none', 'key'] as const) {
      const told = await report({ zone, from: '2026-10-20', to: '2026-11-20', split });
      expect(told.day_shift_minutes).toBe(shift);
      const expected = countByDate(zone, shift, ({ organizationId }) => organizationId === 'org_a');
      const days = told.steps.map(({ date }, step) => [date, told.points.requests[step]]);
      expect(days).toEqual(told.steps.map(({ date }) => [date, expected.get(date ?? '') ?? 0]));
      if (split === 'none') continue;
      for (const series of told.series) {
        const own = countByDate(zone, shift, ({ keyId }) => keyId === series.value);
        expect(series.points.requests).toEqual(told.steps.map(({ date }) => own.get(date ?? '') ?? 0));
      }
    }
  });

  test('weeks and months add up to the same', async () => {
    for (const interval of ['week', 'month'] as const) {
      const { totals, points } = await report({
        zone: 'Asia/Shanghai',
        from: '2026-10-20',
        to: '2026-11-20',
        interval,
        split: 'project',
      });
      const days = await report({ zone: 'Asia/Shanghai', from: '2026-10-20', to: '2026-11-20' });
      expect(totals).toEqual(days.totals);
      expect(points.requests.reduce((sum, count) => sum + count, 0)).toBe(days.totals.requests);
    }
  });

  test('hours are told by hour, and ranges need not begin at midnight', async () => {
    const told = await report({
      from: '2026-11-10T05:00:00Z',
      to: '2026-11-11T04:10:00Z',
      interval: 'hour',
      split: 'key',
    });
    expect(told.steps.length).toBe(24);
    const inRange = records.filter(
      ({ receivedAtMs, organizationId }) =>
        organizationId === 'org_a' &&
        receivedAtMs >= Date.UTC(2026, 10, 10, 5) &&
        receivedAtMs < Date.UTC(2026, 10, 11, 5),
    );
    expect(told.totals.requests).toBe(inRange.length);
  });
});

test('totals are exact, stand beside the range before, and money is not rounded', async () => {
  const told = await report({ from: '2026-11-11', to: '2026-11-20' });
  const own = records.filter(({ organizationId }) => organizationId === 'org_a');
  const between = (fromMs: number, toMs: number) =>
    own.filter(({ receivedAtMs }) => receivedAtMs >= fromMs && receivedAtMs < toMs);
  const now = between(Date.UTC(2026, 10, 11), Date.UTC(2026, 10, 21));
  const before = between(Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 11));
  expect(told.totals.requests).toBe(now.length);
  expect(told.totals.failures).toBe(now.filter(({ outcome }) => outcome === 'refused').length);
  expect(told.before).toMatchObject({ from: '2026-11-01T00:00:00.000Z', totals: { requests: before.length } });
  const charged = now.filter(({ actualCost }) => actualCost === closedRecordCost).length;
  expect(told.totals.actual_cost_usd).toBe(String((charged * 7_750_000) / 1e9));
  expect(told.totals.total_tokens).toBe(charged * 1_700);
});

describe('splits', () => {
  const series = async (split: Split, asked: Asked = {}) => {
    const told = await report({ ...asked, split, from: '2026-10-12', to: '2026-11-21' });
    return Object.fromEntries(told.series.map(({ value, label, totals }) => [`${value}|${label}`, totals.requests]));
  };
  const count = (of: (record: RequestRecord) => boolean) =>
    records.filter((record) => record.organizationId === 'org_a' && of(record)).length;
  const ofKeys = (...keys: string[]) => count(({ keyId }) => keys.includes(keyId ?? ''));

  test('by every dimension, with names, and what has none under its own', async () => {
    expect(await series('project')).toEqual({
      'prj_a|Apollo': ofKeys('key_pa'),
      'prj_b|Gemini': ofKeys('key_pb'),
      '|null': ofKeys('key_ma', 'key_mb', 'key_o'),
    });
    expect(await series('team')).toEqual({
      'tea_a|Research': ofKeys('key_pa'),
      '|null': ofKeys('key_pb', 'key_ma', 'key_mb', 'key_o'),
    });
    expect(await series('member')).toEqual({
      'acc_a|Ada': ofKeys('key_ma'),
      'acc_b|Ben': ofKeys('key_mb'),
      '|null': ofKeys('key_pa', 'key_pb', 'key_o'),
    });
    expect(await series('vendor')).toEqual({
      'openai|OpenAI': ofKeys('key_pa', 'key_ma', 'key_mb', 'key_o'),
      'anthropic|Anthropic': ofKeys('key_pb'),
    });
    expect(await series('group')).toMatchObject({ 'anthropic-standard|Claude Standard': ofKeys('key_pb') });
    expect(await series('model')).toEqual({
      'gpt-5.1|gpt-5.1': ofKeys('key_pa', 'key_ma', 'key_mb', 'key_o'),
      'claude-sonnet-5|claude-sonnet-5': ofKeys('key_pb'),
    });
    expect((await series('key'))['key_pa|apollo']).toBe(ofKeys('key_pa'));
  });

  test('filters narrow, alone and together, and the empty text stands for none', async () => {
    const total = async (filters: Partial<UsageFilters>) =>
      (await report({ filters, from: '2026-10-12', to: '2026-11-21' })).totals.requests;
    expect(await total({ keys: ['key_pa', 'key_o'] })).toBe(ofKeys('key_pa', 'key_o'));
    expect(await total({ projects: [''] })).toBe(ofKeys('key_ma', 'key_mb', 'key_o'));
    expect(await total({ teams: ['tea_a'] })).toBe(ofKeys('key_pa'));
    expect(await total({ teams: ['', 'tea_a'] })).toBe(ofKeys('key_pa', 'key_pb', 'key_ma', 'key_mb', 'key_o'));
    expect(await total({ members: ['acc_a'] })).toBe(ofKeys('key_ma'));
    expect(await total({ members: [''], models: ['gpt-5.1'] })).toBe(ofKeys('key_pa', 'key_o'));
    expect(await total({ vendors: ['anthropic'] })).toBe(ofKeys('key_pb'));
    expect(await total({ groups: ['openai-standard'], keys: ['key_pb'] })).toBe(0);
    expect(await total({ keys: ['key_z'] })).toBe(0);
  });

  test('beyond the ten greatest the rest is told together', async () => {
    const pool = site.database.pool;
    await pool.query(`insert into keys (id, organization_id, group_id, name, prefix, hash)
      select 'key_x' || n, 'org_empty', 'openai-standard', 'x' || n, 'sk-lodge-x' || n, convert_to('x' || n, 'UTF8')
      from generate_series(1, 14) n`);
    const many = Array.from({ length: 14 }, (_, n) =>
      Array.from({ length: n + 1 }, () => recordOfKey(`key_x${n + 1}`, someDayMs, { organizationId: 'org_empty' })),
    );
    await bookRecords(pool, many.flat());
    const told = await report({ scope: { organizationId: 'org_empty', only: null }, split: 'key' });
    expect(told.series.map(({ value, rest }) => (rest ? 'rest' : value))).toEqual([
      ...Array.from({ length: 10 }, (_, n) => `key_x${14 - n}`),
      'rest',
    ]);
    expect(told.series.at(-1)?.totals.requests).toBe(1 + 2 + 3 + 4);
    expect(told.totals.requests).toBe(105);
    expect(told.series[0]?.share).toBeCloseTo(14 / 105, 5);
  });
});

test('an organization without requests has empty steps and no shares', async () => {
  const told = await report({ scope: { organizationId: 'org_nobody', only: null }, split: 'model' });
  expect(told.totals).toMatchObject({ requests: 0, actual_cost_usd: '0', average_duration_ms: null });
  expect(told.points.requests).toEqual(told.steps.map(() => 0));
  expect(told.series).toEqual([]);
});

describe('reach', () => {
  const breadth = (parts: { all?: boolean; projects?: string[]; own?: boolean }) => ({
    all: parts.all ?? false,
    projects: new Set(parts.projects ?? []),
    own: parts.own ?? false,
  });
  const keysOf = async (parts: Parameters<typeof breadth>[0] | undefined, accountId = 'acc_a') => {
    const scope = await scopeOf(site.database.pool, 'org_a', parts && breadth(parts), accountId);
    const told = await report({ scope, split: 'key', from: '2026-10-12', to: '2026-11-21' });
    expect(told.totals.requests).toBe(told.series.reduce((sum, { totals }) => sum + totals.requests, 0));
    return told.series.map(({ value }) => value).sort();
  };

  test('narrows to own keys, to projects, to both, or to nothing', async () => {
    expect(await keysOf({ all: true })).toEqual(['key_ma', 'key_mb', 'key_o', 'key_pa', 'key_pb']);
    expect(await keysOf({ own: true })).toEqual(['key_ma']);
    expect(await keysOf({ projects: ['prj_b'] })).toEqual(['key_pb']);
    expect(await keysOf({ projects: ['prj_a'], own: true }, 'acc_b')).toEqual(['key_mb', 'key_pa']);
    expect(await keysOf({ own: true }, 'acc_z')).toEqual([]);
    expect(await keysOf({})).toEqual([]);
    expect(await keysOf(undefined)).toEqual([]);
  });
});
