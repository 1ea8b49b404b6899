import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { builtInRoles } from '../base/permissions.ts';
import { newRequestId } from '../base/request-id.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { type ControlServer, gateOf, owning, startControlServer } from '../http/testing.ts';
import type { RequestRecord } from '../journal/index.ts';
import { meteringRoutes } from './routes.ts';
import { bookOpen, bookRecords, insertOrganizations, insertPrice, recordOfKey, refused, someDayMs } from './testing.ts';
import { dayMs } from './time-zone.ts';

let site: TestDatabase;
let server: ControlServer;
const clock = new ManualClock(someDayMs);
const records: RequestRecord[] = [];
const developer = { organization: builtInRoles.developer, projects: [] };
const ofApollo = {
  organization: [],
  projects: [{ projectId: 'prj_a', permissions: builtInRoles.viewer }],
};

beforeAll(async () => {
  site = await createTestDatabase();
  const { pool } = site.database;
  await insertOrganizations(pool);
  await insertPrice(pool);
  const keys = ['key_pa', 'key_pb', 'key_ma', 'key_mb', 'key_o', 'key_z'];
  for (let index = 0; index < 60; index++) {
    const atMs = someDayMs - 10 * dayMs + index * (dayMs / 6);
    const changes = index % 10 === 3 ? refused : { clientTool: index % 4 ? 'codex' : 'curl', durationMs: index * 100 };
    records.push(recordOfKey(keys[index % 6] ?? '', atMs, changes));
  }
  await bookRecords(pool, records);
  const journal = { directory: '', node: 'node-1', flush: async () => undefined };
  const routes = meteringRoutes({ database: site.database, journal, sandboxUrl: () => null, clock });
  const gate = gateOf({
    owner: { in: { org_a: owning } },
    acc_a: { in: { org_a: developer } },
    lead: { in: { org_a: ofApollo } },
    acc_z: { in: { org_z: owning } },
  });
  server = await startControlServer(routes, { gate, clock });
});

afterAll(async () => {
  server.close();
  await site.drop();
});

interface Shown {
  readonly id: string;
  readonly outcome: string;
  readonly [member: string]: unknown;
}
interface Page {
  readonly data: readonly Shown[];
  readonly next_cursor: string | null;
  readonly live_cursor: string;
  readonly code?: string;
}

const base = '/control/v1/organizations/org_a';

async function list(query = '', as = 'owner'): Promise<Page & { readonly status: number }> {
  const response = await server.call('GET', `${base}/requests${query && `?${query}`}`, { as });
  return { ...((await response.json()) as Page), status: response.status };
}

async function listAll(query = '', as = 'owner'): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  for (let page = 0; page < 50; page++) {
    const answer = await list(`${query}&limit=7${cursor}`, as);
    ids.push(...answer.data.map(({ id }) => id));
    if (answer.next_cursor === null) return ids;
    cursor = `&cursor=${answer.next_cursor}`;
  }
  throw new Error('The list never ended.');
}

/** The newest of a list; a busy machine may find it only on a later page. */
async function firstOf(query: string): Promise<Shown | undefined> {
  let page = await list(query);
  for (let tries = 0; page.data.length === 0 && page.next_cursor !== null && tries < 50; tries++)
    page = await list(`${query}&cursor=${page.next_cursor}`);
  return page.data[0];
}

const idsOf = (of: (record: RequestRecord) => boolean) =>
  records
    .filter((record) => record.organizationId === 'org_a' && of(record))
    .map(({ id }) => id)
    .reverse();

describe('the list', () => {
  test('runs through everything of the organization once, newest first, over days without requests too', async () => {
    expect(await listAll()).toEqual(idsOf(() => true));
  });

  test('is narrowed by each filter and by several', async () => {
    expect(await listAll('key=key_pa')).toEqual(idsOf(({ keyId }) => keyId === 'key_pa'));
    expect(await listAll('key=sk-lodge-key_ma')).toEqual(idsOf(({ keyId }) => keyId === 'key_ma'));
    expect(await listAll('status=429')).toEqual(idsOf(({ status }) => status === 429));
    expect(await listAll('status=4xx')).toEqual(idsOf(({ status }) => status === 429));
    expect(await listAll('status=2xx&tool=curl')).toEqual(
      idsOf(({ status, clientTool }) => status === 200 && clientTool === 'curl'),
    );
    expect(await listAll('code=rate_limited')).toEqual(idsOf(({ errorCode }) => errorCode !== null));
    expect(await listAll('outcome=refused&project=prj_a')).toEqual(
      idsOf(({ outcome, projectId }) => outcome === 'refused' && projectId === 'prj_a'),
    );
    expect(await listAll('min_duration_ms=3000')).toEqual(
      idsOf(({ durationMs }) => durationMs !== null && durationMs >= 3_000),
    );
    expect(await listAll('model=claude-sonnet-5')).toEqual(
      idsOf(({ modelRouted }) => modelRouted === 'claude-sonnet-5'),
    );
    const since = new Date(someDayMs - 3 * dayMs).toISOString();
    const until = new Date(someDayMs - dayMs).toISOString();
    expect(await listAll(`since=${since}&until=${until}`)).toEqual(
      idsOf(({ receivedAtMs }) => receivedAtMs >= Date.parse(since) && receivedAtMs < Date.parse(until)),
    );
    expect(await listAll('key=key_z')).toEqual([]);
  });

  test('finds one by its id in any written form', async () => {
    const id = records[0]?.id ?? '';
    const found = await list(`id=${encodeURIComponent(` ${id.toLowerCase().replace('_', '-')}`)}`);
    expect(found.data.map((each) => each.id)).toEqual([id]);
    expect(await list('id=req_123')).toMatchObject({ status: 400, code: 'request_id_invalid' });
    expect((await list(`id=${records[5]?.id}`)).data).toEqual([]);
  });

  test('finds by a part of an id, within what the reader may see', async () => {
    const id = records[0]?.id ?? '';
    const foreign = records[5]?.id ?? '';
    expect(await listAll(`id=${id.slice(-9).toLowerCase()}`)).toEqual([id]);
    expect(await listAll(`id=${id.slice(0, 20)}`)).toEqual([id]);
    expect(await listAll(`id=${id.slice(-9)}&status=429`)).toEqual([]);
    expect(await listAll(`id=${foreign.slice(-9)}`)).toEqual([]);
    expect(await listAll(`id=${foreign.slice(0, 20)}`)).toEqual([]);
  });

  test('says what keys, projects and groups are called', async () => {
    const named = await firstOf('key=key_pa');
    expect(named).toMatchObject({ key_name: expect.any(String), project_name: expect.any(String) });
    expect(named).toHaveProperty('group_name');
  });

  test('refuses what is no status, cursor or time, naming the field', async () => {
    expect(await list('status=abc')).toMatchObject({ status: 400, code: 'input_invalid' });
    expect(await list('cursor=abc')).toMatchObject({ status: 400, code: 'cursor_invalid' });
    expect(await list('newer_than=abc')).toMatchObject({ status: 400, code: 'cursor_invalid' });
    expect(await list('since=yesterday')).toMatchObject({ status: 400, code: 'input_invalid' });
  });

  test('shows a developer their own keys’ requests, a project’s lead the project’s, and a stranger nothing', async () => {
    expect(await listAll('', 'acc_a')).toEqual(idsOf(({ keyId }) => keyId === 'key_ma'));
    expect(await listAll('', 'lead')).toEqual(idsOf(({ projectId }) => projectId === 'prj_a'));
    expect(await list('', 'acc_z')).toMatchObject({ status: 404, code: 'organization_not_found' });
  });
});

describe('one request', () => {
  const show = async (id: string, as = 'owner', query = '') => {
    const response = await server.call('GET', `${base}/requests/${id}${query}`, { as });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const ofKey = (keyId: string) => records.find((record) => record.keyId === keyId && record.outcome === 'completed');

  test('is explained in the reader’s language, with timeline, charge lines and a text for support', async () => {
    const id = ofKey('key_pa')?.id ?? '';
    const { body } = await show(id, 'lead', '?locale=zh');
    expect(body).toMatchObject({ id, fault: null, what_to_do: null, attempts: [{ number: 1, failure: null }] });
    expect(body['explanation']).toContain('这次调用得到了完整的回答。');
    expect((body['charge'] as { lines: unknown[] }).lines).toHaveLength(3);
    expect(body['support_text']).toContain(`请求 ID: ${id}`);
    expect(JSON.stringify(body)).not.toMatch(/channel|node/);
  });

  test('says who has to act and what to do', async () => {
    const id = records.find(({ outcome, organizationId }) => outcome === 'refused' && organizationId === 'org_a')?.id;
    const { body } = await show(id ?? '');
    expect(body).toMatchObject({ fault: 'you', error_code: 'rate_limited' });
    expect(body['what_to_do']).toMatch(/^Wait as long as Retry-After says/);
  });

  test('of somebody else is not found, with the very words for one that never was', async () => {
    const never = await show(newRequestId(someDayMs));
    expect(never).toMatchObject({ status: 404, body: { code: 'request_not_found' } });
    const foreign = [
      await show(ofKey('key_z')?.id ?? ''),
      await show(ofKey('key_mb')?.id ?? '', 'acc_a'),
      await show(ofKey('key_pb')?.id ?? '', 'lead'),
    ];
    for (const { status, body } of foreign)
      expect({ status, detail: body['detail'], code: body['code'] }).toEqual({
        status: never.status,
        detail: never.body['detail'],
        code: never.body['code'],
      });
  });
});

test('a live list hears of what is new, and of what was running when it ends', async () => {
  const { pool } = site.database;
  // The records' applied_at is the database's own time.
  clock.advance(Date.now() - clock.now());
  const live = { clientTool: 'live' };
  const running = recordOfKey('key_pa', clock.now() - 3_600_000, live);
  await bookOpen(pool, [running]);
  const first = await list('tool=live');
  expect(first.data[0]).toMatchObject({ id: running.id, outcome: 'open' });
  const quiet = await list(`tool=live&newer_than=${first.live_cursor}`);
  expect(quiet.data).toEqual([]);
  const fresh = recordOfKey('key_pb', clock.now(), live);
  const foreign = recordOfKey('key_z', clock.now(), live);
  await bookRecords(pool, [fresh, foreign, { ...running, outcome: 'completed' }]);
  const heard = await list(`tool=live&newer_than=${quiet.live_cursor}`);
  expect(heard.data.map(({ id, outcome }) => [id, outcome])).toEqual([
    [fresh.id, 'completed'],
    [running.id, 'completed'],
  ]);
  const narrowed = await list(`tool=live&newer_than=${quiet.live_cursor}`, 'acc_a');
  expect(narrowed.data).toEqual([]);
});

test('staff see all organizations, or one, with the same filters', async () => {
  const staff = async (query: string) => {
    const found: Page['data'][number][] = [];
    // A busy machine answers in more and shorter pages.
    for (let cursor: string | null = ''; cursor !== null; ) {
      const at = cursor === '' ? '' : `&cursor=${cursor}`;
      const response = await server.call('GET', `/admin/v1/requests?${query}${at}`, { as: 'admin' });
      const page = (await response.json()) as Page;
      found.push(...page.data);
      cursor = page.next_cursor;
    }
    return found;
  };
  const refusedOnes = records.filter(({ outcome }) => outcome === 'refused');
  expect((await staff('status=4xx&limit=200')).length).toBe(refusedOnes.length);
  expect((await staff('organization_id=org_z&limit=200')).every((each) => each['organization_id'] === 'org_z')).toBe(
    true,
  );
  expect(new Set((await staff('organization_id=org_z&limit=200')).map((each) => each['organization_name']))).toEqual(
    new Set(['Zenith']),
  );
  expect((await staff('project_id=prj_b&min_duration_ms=1000')).every((each) => each['project_id'] === 'prj_b')).toBe(
    true,
  );
});
