import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '../base/clock.ts';
import { builtInRoles } from '../base/permissions.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { type ControlServer, gateOf, owning, startControlServer } from '../http/testing.ts';
import type { RequestRecord } from '../journal/index.ts';
import { dashboardSchema } from './dashboard.ts';
import { latencySchema } from './latency.ts';
import { meteringRoutes } from './routes.ts';
import { bookRecords, insertOrganizations, recordOfKey, refused, someDayMs } from './testing.ts';
import { dayMs, hourMs } from './time-zone.ts';
import { usageSchema } from './usage-report.ts';

let site: TestDatabase;
let server: ControlServer;
let records: RequestRecord[];
const clock = new ManualClock(someDayMs);

beforeAll(async () => {
  site = await createTestDatabase();
  const { pool } = site.database;
  await insertOrganizations(pool);
  const at = (keyId: string, agoMs: number, changes: Partial<RequestRecord> = {}) =>
    recordOfKey(keyId, someDayMs - agoMs, changes);
  records = [
    ...Array.from({ length: 10 }, (_, n) => at('key_pa', 30_000, { durationMs: (n + 1) * 100, firstTokenMs: n + 1 })),
    at('key_pb', 2 * hourMs),
    at('key_ma', 5 * hourMs, refused),
    at('key_ma', 4 * hourMs, refused),
    at('key_mb', 3 * hourMs, { ...refused, errorCode: 'model_not_found', status: 404 }),
    at('key_mb', 40 * dayMs),
    at('key_z', hourMs),
  ];
  await bookRecords(pool, records);
  const journal = { directory: '', node: 'node-1', flush: async () => undefined };
  const routes = meteringRoutes({ database: site.database, journal, sandboxUrl: () => null, clock });
  const gate = gateOf({
    owner: { in: { org_a: owning, org_empty: owning } },
    acc_b: { in: { org_a: { organization: builtInRoles.developer, projects: [] } } },
    biller: { in: { org_a: { organization: ['organization.read'], projects: [] } } },
  });
  server = await startControlServer(routes, { gate, clock });
});

afterAll(async () => {
  server.close();
  await site.drop();
});

/** An answer of one of the three reports: what is read of it is what their schemas say. */
async function get<Body>(schema: z.ZodType<Body>, path: string, as = 'owner', organization = 'org_a'): Promise<Body> {
  const response = await server.call('GET', `/control/v1/organizations/${organization}/${path}`, { as });
  expect(response.status).toBe(200);
  return schema.parse(await response.json());
}

async function refusal(path: string, as = 'owner', organization = 'org_a') {
  const response = await server.call('GET', `/control/v1/organizations/${organization}/${path}`, { as });
  const { code, errors } = problem.parse(await response.json());
  return { status: response.status, code, field: errors?.[0]?.field };
}

const problem = z.object({ code: z.string(), errors: z.array(z.object({ field: z.string() })).optional() });

describe('the dashboard', () => {
  test('shows the day, the month, groups, the period and what needs action', async () => {
    const body = await get(dashboardSchema, 'dashboard?time_zone=Asia/Shanghai&locale=zh');
    expect(body).toMatchObject({
      time_zone: 'Asia/Shanghai',
      now: { rpm: 10, tpm: 17_000 },
      today: { requests: 14, failures: 3 },
      last_24_hours: { totals: { requests: 14 } },
      last_30_days: { totals: { requests: 14 } },
      period: {
        from: '2026-11-01T00:00:00.000Z',
        totals: { requests: 14, actual_cost_usd: '0.08525' },
        before: { totals: { requests: 1, actual_cost_usd: '0.00775' }, totals_to_date: { requests: 1 } },
      },
      balance: null,
      errors: {
        since: '2026-11-20T12:30:00.000Z',
        codes: [
          { code: 'rate_limited', count: 2, fault: 'you', last_request_id: records[12]?.id },
          { code: 'model_not_found', count: 1, why: '密钥所属的分组没有启用该模型。' },
        ],
      },
    });
    expect(body.last_24_hours.steps).toHaveLength(24);
    expect(body.last_30_days.steps).toHaveLength(30);
    expect(body.groups).toMatchObject([
      { group_id: 'openai-standard', display_name: 'GPT Standard', vendor: 'openai', totals: { requests: 13 } },
      { group_id: 'anthropic-standard', totals: { requests: 1 } },
    ]);
  });

  test('of a developer is about their own keys; of an empty organization it is empty', async () => {
    const body = await get(dashboardSchema, 'dashboard', 'acc_b');
    expect(body).toMatchObject({ now: { rpm: 0 }, today: { requests: 1 }, errors: { codes: [{ count: 1 }] } });
    const empty = await get(dashboardSchema, 'dashboard', 'owner', 'org_empty');
    expect(empty).toMatchObject({ groups: [], today: { requests: 0 }, errors: { codes: [] } });
  });

  test('needs the permission', async () => {
    expect(await refusal('dashboard', 'biller')).toMatchObject({ status: 403, code: 'permission_missing' });
    expect(await refusal('dashboard', 'owner', 'org_z')).toMatchObject({ status: 404 });
  });
});

describe('usage', () => {
  test('takes repeated filters, and names keys by prefix', async () => {
    const body = await get(usageSchema, 'usage?key=sk-lodge-key_pa&key=key_pb&split=key&project=prj_a&project=prj_b');
    expect(body.totals.requests).toBe(11);
    expect(body.series.map(({ value }) => value)).toEqual(['key_pa', 'key_pb']);
    expect((await get(usageSchema, 'usage?project=none')).totals.requests).toBe(3);
  });

  test('tells as many values apart as are asked for', async () => {
    const body = await get(usageSchema, 'usage?split=key&most=2&rank=requests');
    expect(body.series.map(({ value, rest }) => [value, rest])).toEqual([
      ['key_pa', false],
      ['key_ma', false],
      [null, true],
    ]);
    expect(await refusal('usage?split=key&most=101')).toMatchObject({ code: 'input_invalid', field: 'query.most' });
  });

  test('is comparable with the range before: up to the same moment of it', async () => {
    // Now is 12:30 of the second day of two; the two before hold a call at 11:00 and one at 20:00 of their second day.
    await bookRecords(site.database.pool, [
      recordOfKey('key_pb', Date.UTC(2026, 10, 19, 11)),
      recordOfKey('key_pb', Date.UTC(2026, 10, 19, 20)),
    ]);
    const { before } = await get(usageSchema, 'usage?from=2026-11-20&to=2026-11-21&key=key_pb');
    expect(before).toMatchObject({
      from: '2026-11-18T00:00:00.000Z',
      to: '2026-11-20T00:00:00.000Z',
      totals: { requests: 2 },
      totals_to_date: { requests: 1 },
    });
    const over = await get(usageSchema, 'usage?from=2026-11-20&to=2026-11-20&key=key_pb');
    expect(over.before).toMatchObject({ totals: { requests: 2 }, totals_to_date: { requests: 2 } });
  });

  test('says the rate of the last minute, of what is filtered by, where the range reaches up to now', async () => {
    expect((await get(usageSchema, 'usage')).now).toEqual({ rpm: 10, tpm: 17_000 });
    expect((await get(usageSchema, 'usage?key=key_pb')).now).toEqual({ rpm: 0, tpm: 0 });
    expect((await get(usageSchema, 'usage?to=2026-11-20')).now).toBeNull();
  });

  test.each([
    ['time_zone=Mars/Olympus', 'query.time_zone'],
    ['from=2026-11-21&to=2026-11-20', 'query.from'],
    ['from=1999-01-01', 'query.from'],
    ['from=2026-13-01', 'query.from'],
    ['from=2024-01-01&to=2026-01-01&interval=hour', 'query.interval'],
    ['split=colour', 'query.split'],
    ['interval=minute', 'query.interval'],
    ['unknown=1', 'query'],
  ])('%s is refused, and the field is named', async (query, field) => {
    expect(await refusal(`usage?${query}`)).toEqual({ status: 400, code: 'input_invalid', field });
  });
});

describe('latency', () => {
  test('of a short range is exact, from the completed requests', async () => {
    const body = await get(latencySchema, 'usage/latency?from=2026-11-21&key=key_pa&interval=day');
    expect(body).toMatchObject({
      method: 'records',
      averages_because: null,
      total: {
        duration_ms: { p50: 550, p95: 955, average: 550 },
        first_token_ms: { p50: 6, p95: 10 },
        failure_rate: 0,
      },
      requests: [10],
    });
    expect(body.duration_ms.p50).toEqual([550]);
  });

  test('counts failures by code, and says when averages must do', async () => {
    const short = await get(latencySchema, 'usage/latency?from=2026-11-20');
    expect(short.total.failure_rate).toBeCloseTo(3 / 14);
    expect(short.errors.codes.map(({ code }) => code)).toEqual(['rate_limited', 'model_not_found']);
    const long = await get(latencySchema, 'usage/latency?from=2026-10-01');
    expect(long).toMatchObject({ method: 'averages', averages_because: 'range' });
    expect(long.total.duration_ms).toMatchObject({ p50: null });
    expect(long.total.duration_ms.average).toBeGreaterThan(0);
  });
});

describe('the export', () => {
  const download = async (query: string, as = 'owner') => {
    const path = `/control/v1/organizations/org_a/usage/export.csv?${query}`;
    const response = await server.call('GET', path, { as });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { headers: response.headers, text: bytes.toString('utf8'), lines: bytes.toString('utf8').split('\r\n') };
  };

  test('by hour: a row per hour, key, group, model and project, and what it says adds up', async () => {
    const { headers, lines } = await download('from=2026-11-21');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('usage-hours-2026-11-21-2026-11-21.csv');
    expect(headers.get('x-total-rows')).toBe(String(lines.length - 2));
    const [titles = '', ...rows] = lines;
    const column = titles.split(',').indexOf('requests');
    expect(rows.slice(0, -1).reduce((sum, row) => sum + Number(row.split(',')[column]), 0)).toBe(14);
    expect(rows.some((row) => row.includes('sk-lodge-key_pa,apollo,,prj_a,Apollo,openai-standard,gpt-5.1,10,0,'))).toBe(
      true,
    );
  });

  test('by request: every page in order, once, also beyond one page', async () => {
    const more = Array.from({ length: 4_500 }, (_, n) =>
      recordOfKey('key_o', someDayMs - 2 * dayMs - (n % 7), { clientTool: 'curl' }),
    );
    for (let at = 0; at < more.length; at += 1_500) await bookRecords(site.database.pool, more.slice(at, at + 1_500));
    const { headers, lines } = await download('detail=requests&from=2026-10-01&key=key_o');
    expect(headers.get('x-total-rows')).toBe('4500');
    const [titles = '', ...rows] = lines.slice(0, -1);
    expect(titles.split(',').slice(0, 3)).toEqual(['received_at', 'request_id', 'key_id']);
    const ids = rows.map((row) => row.split(',')[1]);
    expect(new Set(ids)).toEqual(new Set(more.map(({ id }) => id)));
    expect(ids.length).toBe(4_500);
    expect(rows.map((row) => row.split(',')[0])).toEqual(rows.map((row) => row.split(',')[0]).toSorted());
  });

  test('formulas and quotes are harmless, and the mark for Excel is there when asked for', async () => {
    const { pool } = site.database;
    await pool.query(`update keys set name = '=HYPERLINK("http://x","y")' where id = 'key_pb'`);
    const { text, lines } = await download('from=2026-11-21&key=key_pb&bom=1');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(lines[1]).toContain(`,"'=HYPERLINK(""http://x"",""y"")",`);
  });

  test('of a developer holds their own keys only', async () => {
    const { lines } = await download('detail=requests&from=2026-10-01', 'acc_b');
    expect(lines.slice(1, -1).every((line) => line.split(',')[2] === 'key_mb')).toBe(true);
    expect(lines.length).toBe(2 + 2);
  });
});
