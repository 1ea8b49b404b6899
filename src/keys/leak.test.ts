import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newKey } from '../base/key-format.ts';
import { builtInRoles, type RolePermission } from '../base/permissions.ts';
import { type ControlServer, gateOf, owning, startControlServer } from '../http/testing.ts';
import { organizationKeyRoutes } from './routes.ts';
import { addMember, addOrganization, createKeyTestSite, type KeyTestSite } from './testing.ts';

let site: KeyTestSite;
let server: ControlServer;

const inA = (organization: readonly RolePermission[]) => ({ in: { org_a: { organization, projects: [] } } });
const people = {
  acc_owner: inA(builtInRoles.owner),
  acc_dev: inA(builtInRoles.developer),
  acc_keeper: inA(['organization.read', 'keys.read', 'keys.write']),
  acc_eve: { in: { org_b: owning } },
};

beforeAll(async () => {
  site = await createKeyTestSite();
  for (const id of ['org_a', 'org_b']) await addOrganization(site, id);
  for (const id of Object.keys(people)) await addMember(site, id === 'acc_eve' ? 'org_b' : 'org_a', id);
  await site.database.pool.query(
    `insert into projects (organization_id, id, name) values ('org_a', 'prj_p', 'Search')`,
  );
  server = await startControlServer(organizationKeyRoutes(site.store), { gate: gateOf(people) });
});
afterAll(async () => {
  server.close();
  await site.drop();
});
beforeEach(() => {
  site.mails.length = 0;
  site.changes.length = 0;
});

async function call(as: string, path: string, body: object, organization = 'org_a') {
  const options = { as, body };
  const response = await server.call('POST', `/control/v1/organizations/${organization}/keys${path}`, options);
  return { status: response.status, body: JSON.parse(await response.text()) };
}

async function make(as: string, more: object = {}): Promise<{ key: { id: string; prefix: string }; secret: string }> {
  return (await call(as, '', { name: 'ci', group: 'acme-standard', ...more })).body;
}

describe('a leaked key', () => {
  test('is out of use at once, and its successor has the same settings', async () => {
    const { key, secret } = await make('acc_dev', {
      note: 'for the pipeline',
      allowed_models: ['large'],
      expires_at: '2100-01-01T00:00:00Z',
      limits: { requests_per_minute: 7, spend_usd: { '1d': '2.5' } },
    });
    site.changes.length = 0;
    const { status, body } = await call('acc_dev', `/${key.id}/leaked`, {});
    expect(status).toBe(200);
    expect(body.key).toMatchObject({ id: key.id, state: 'disabled', disabled: { reason: 'Reported as leaked.' } });
    expect(body.successor.secret).not.toBe(secret);
    expect(body.successor.key).toMatchObject({
      name: 'ci',
      note: 'for the pipeline',
      state: 'enabled',
      owner: { id: 'acc_dev' },
      allowed_models: ['acme-large'],
      expires_at: '2100-01-01T00:00:00.000Z',
      limits: { requests_per_minute: 7, spend_usd: { '1d': '2.5' } },
    });
    expect(body.successor_refused).toBeNull();
    expect(site.changes).toEqual([key.id, body.successor.key.id]);
    expect(body.support_text).toContain(key.prefix);
    expect(body.support_text).toContain(body.successor.key.prefix);
    for (const one of [secret, body.successor.secret]) expect(body.support_text).not.toContain(one.slice(-38));
    const { rows } = await site.database.pool.query(
      `select action from audit_log where subject_id = any($1) and action <> 'key.changed' order by at, id`,
      [[key.id, body.successor.key.id]],
    );
    expect(rows.map((row) => row.action).sort()).toEqual(['key.created', 'key.created', 'key.disabled', 'key.leaked']);
  });

  test('is deleted when that is asked for, and has no successor when none is', async () => {
    const { key } = await make('acc_dev');
    const { body } = await call('acc_dev', `/${key.id}/leaked`, { action: 'delete', successor: false, locale: 'zh' });
    expect(body).toMatchObject({ key: { state: 'deleted' }, successor: null, successor_refused: null });
    expect(body.support_text).toContain('密钥');
    const again = await call('acc_dev', `/${key.id}/leaked`, { successor: false });
    expect(again.body.key.state).toBe('deleted');
  });

  test.each([
    ['its project was archived', `update projects set archived_at = now() where id = 'prj_p'`, 'project_archived'],
    ['its group was closed', `update groups set enabled = false where id = 'acme-standard'`, 'group_not_found'],
    ['it has expired', `update keys set expires_at = now() - interval '1 second'`, 'key_expired'],
  ])('goes out of use also when %s', async (_what, sql, code) => {
    const { key } = await make('acc_owner', { project_id: 'prj_p' });
    const { pool } = site.database;
    await pool.query(sql);
    const { body } = await call('acc_owner', `/${key.id}/leaked`, {});
    await pool.query(`update projects set archived_at = null; update groups set enabled = true`);
    expect(body).toMatchObject({ key: { state: 'disabled' }, successor: null, successor_refused: { code } });
  });

  test('of somebody else: its owner is told', async () => {
    const { key } = await make('acc_dev');
    await call('acc_owner', `/${key.id}/leaked`, { successor: false });
    expect(site.mails).toMatchObject([{ to: 'acc_dev@example.test', facts: { reason: 'Reported as leaked.' } }]);
  });

  test('shows what it was used for, to who may see that', async () => {
    const { key } = await make('acc_dev');
    const { pool } = site.database;
    await pool.query(
      `insert into usage_hours (hour, organization_id, key_id, group_id, model, requests, actual_cost) values
         (now() - interval '2 days', 'org_a', $1, 'acme-standard', 'acme-large', 3, 1500000000),
         (now() - interval '2 days', 'org_a', $1, 'acme-standard', '', 2, 0),
         (now() - interval '9 days', 'org_a', $1, 'acme-standard', 'acme-large', 100, 9)`,
      [key.id],
    );
    await pool.query(`create table if not exists request_records_all partition of request_records default`);
    for (let i = 0; i < 25; i++) {
      await pool.query(
        `insert into request_records (received_at, id, organization_id, key_id, region, node, endpoint, method, mode,
           model_asked, client_tool, bytes_in, bytes_out, usage_source, cost, actual_cost, estimate, retries, outcome, status)
         values (now() - $1 * interval '1 minute', $2, 'org_a', $3, 'r', 'n', 'e', 'POST', 'sync', 'acme-large', $4,
           0, 0, 'vendor', 5, 5, 0, 0, 'completed', 200)`,
        [i, `req_${i}`, key.id, i < 20 ? 'codex' : null],
      );
    }
    const { body } = await call('acc_dev', `/${key.id}/leaked`, { successor: false });
    expect(body.usage).toMatchObject({
      requests: 5,
      spent_usd: '1.5',
      models: [{ model: 'acme-large', requests: 3, spent_usd: '1.5' }],
      tools: [
        { tool: 'codex', requests: 20 },
        { tool: null, requests: 5 },
      ],
    });
    expect(body.usage.newest).toHaveLength(20);
    expect(body.usage.newest[0]).toMatchObject({
      request_id: 'req_0',
      model: 'acme-large',
      tool: 'codex',
      status: 200,
    });
    expect(body.support_text).toContain('req_9');
    const since = new Date(Date.now() - 10 * 86_400_000).toISOString();
    const longer = await call('acc_owner', `/${key.id}/leaked`, { successor: false, since });
    expect(longer.body.usage).toMatchObject({ requests: 105 });
    const blind = await call('acc_keeper', `/${key.id}/leaked`, { successor: false });
    expect(blind.body.usage).toMatchObject({
      requests: null,
      spent_usd: null,
      models: null,
      tools: null,
      newest: null,
    });
  });

  test.each(['2019-01-01T00:00:00Z', '2100-01-01T00:00:00Z'])('since %s is refused', async (since) => {
    const { key } = await make('acc_dev');
    const { status, body } = await call('acc_dev', `/${key.id}/leaked`, { since });
    expect([status, body.errors[0].field]).toEqual([400, 'body.since']);
  });
});

describe('recognise', () => {
  test('finds one’s keys in any text, whole or in part', async () => {
    const own = await make('acc_dev');
    const foreign = await make('acc_owner');
    const stranger = newKey('lodge');
    const elsewhere = newKey('other');
    const text = `OPENAI_API_KEY=${own.secret}\nold: ${foreign.key.prefix}… ${stranger.secret}, ${elsewhere.secret}`;
    const { status, body } = await call('acc_dev', '/recognise', { text });
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      { prefix: own.key.prefix, whole: true, key: { id: own.key.id, state: 'enabled' } },
      { prefix: foreign.key.prefix, whole: false, key: null },
      { prefix: stranger.prefix, whole: false, key: null },
    ]);
    expect(JSON.stringify(body)).not.toContain(own.secret.slice(-38));
    const seen = await call('acc_owner', '/recognise', { text });
    expect(seen.body.data[1]).toMatchObject({ whole: false, key: { id: foreign.key.id } });
    const other = await call('acc_eve', '/recognise', { text }, 'org_b');
    expect(other.body.data.map((each: { key: unknown }) => each.key)).toEqual([null, null, null]);
  });

  test('takes nothing for something', async () => {
    expect((await call('acc_dev', '/recognise', { text: 'sk-lodge- and sk-ant-x' })).body).toEqual({ data: [] });
    expect((await call('acc_dev', '/recognise', { text: '' })).status).toBe(400);
  });
});
