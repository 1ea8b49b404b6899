import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { builtInRoles, type RolePermission } from '../base/permissions.ts';
import { inTransaction } from '../db/index.ts';
import { type ControlServer, gateOf, owning, type People, startControlServer } from '../http/testing.ts';
import { disableKeys } from './bulk.ts';
import { keyRoutes, organizationKeyRoutes } from './routes.ts';
import { addMember, addOrganization, createKeyTestSite, type KeyTestSite } from './testing.ts';

let site: KeyTestSite;
let server: ControlServer;

const inA = (organization: readonly RolePermission[], projects: readonly RolePermission[] = []) => ({
  in: { org_a: { organization, projects: projects.length ? [{ projectId: 'prj_p', permissions: projects }] : [] } },
});
const people: People = {
  acc_owner: inA(builtInRoles.owner),
  acc_viewer: inA(builtInRoles.viewer),
  acc_dev: inA(builtInRoles.developer),
  acc_dev2: inA(builtInRoles.developer),
  acc_mgr: inA(builtInRoles.developer, ['keys.read', 'keys.write']),
  acc_reader: inA(['organization.read', 'keys.read', 'keys.write:own']),
  acc_eve: { in: { org_b: owning } },
};

beforeAll(async () => {
  site = await createKeyTestSite();
  for (const id of ['org_a', 'org_b']) await addOrganization(site, id);
  for (const id of Object.keys(people)) await addMember(site, id === 'acc_eve' ? 'org_b' : 'org_a', id);
  await site.database.pool.query(
    `insert into projects (organization_id, id, name, archived_at) values ('org_a', 'prj_p', 'Search', null),
       ('org_a', 'prj_q', 'Mobile', null), ('org_a', 'prj_old', 'Old', now()), ('org_b', 'prj_b', 'Theirs', null);
     insert into accounts (id, name, email, staff_role) values ('acc_staff', 'Sam Support', 'sam@example.test', 'support');
     insert into groups (id, display_name, vendor_id, enabled) values ('acme-closed', 'Closed', 'acme', false)`,
  );
  server = await startControlServer([...keyRoutes(site.store), ...organizationKeyRoutes(site.store)], {
    gate: gateOf(people),
  });
});
afterAll(async () => {
  server.close();
  await site.drop();
});
beforeEach(() => {
  site.mails.length = 0;
  site.notices.length = 0;
});

async function call(as: string, method: string, path = '', body?: unknown, organization = 'org_a') {
  const response = await server.call(method, `/control/v1/organizations/${organization}/keys${path}`, { as, body });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

async function make(as: string, more: object = {}) {
  const made = await call(as, 'POST', '', { name: 'k', group: 'acme-standard', ...more });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body as { key: { id: string; prefix: string; [member: string]: unknown }; secret: string };
}

describe('create', () => {
  test('by default one’s own, shown with vendor, group, owner and who made it', async () => {
    const { key, secret } = await make('acc_dev');
    expect(secret.startsWith(key.prefix)).toBe(true);
    expect(key).toMatchObject({
      owner: { kind: 'member', id: 'acc_dev', name: 'acc_dev', email: 'acc_dev@example.test' },
      project_id: null,
      group_name: 'Acme Standard',
      vendor_name: 'Acme',
      multiplier: '0.9',
      disabled: null,
      created_by: { by: 'member', account_id: 'acc_dev', name: 'acc_dev' },
      spent_today_usd: '0',
      spent_30d_usd: '0',
    });
  });

  test('for a project, for the organization, for a colleague, and one’s own booked to a project', async () => {
    expect((await make('acc_mgr', { project_id: 'prj_p' })).key['owner']).toMatchObject({
      kind: 'project',
      name: 'Search',
    });
    expect((await make('acc_owner', { owner: 'organization' })).key['owner']).toMatchObject({ kind: 'organization' });
    const handed = await make('acc_owner', { account_id: 'acc_dev' });
    expect(handed.key['owner']).toMatchObject({ id: 'acc_dev' });
    expect(handed.key['created_by']).toMatchObject({ account_id: 'acc_owner' });
    const booked = await make('acc_mgr', { owner: 'member', project_id: 'prj_p' });
    expect(booked.key).toMatchObject({ owner: { id: 'acc_mgr' }, project_name: 'Search' });
  });

  test.each([
    ['acc_dev', { owner: 'organization' }, 403, 'permission_missing'],
    ['acc_dev', { account_id: 'acc_dev2' }, 403, 'permission_missing'],
    ['acc_dev', { project_id: 'prj_p' }, 404, 'project_not_found'],
    ['acc_dev', { project_id: 'prj_nothing' }, 404, 'project_not_found'],
    ['acc_mgr', { project_id: 'prj_q' }, 404, 'project_not_found'],
    ['acc_owner', { project_id: 'prj_b' }, 404, 'project_not_found'],
    ['acc_owner', { project_id: 'prj_old' }, 409, 'project_archived'],
    ['acc_owner', { account_id: 'acc_eve' }, 404, 'member_not_found'],
    ['acc_owner', { group: 'acme-closed' }, 404, 'group_not_found'],
    ['acc_owner', { owner: 'project' }, 400, 'input_invalid'],
    ['acc_owner', { owner: 'organization', project_id: 'prj_p' }, 400, 'input_invalid'],
    ['acc_owner', { owner: 'project', project_id: 'prj_p', account_id: 'acc_dev' }, 400, 'input_invalid'],
    ['acc_viewer', {}, 403, 'permission_missing'],
    ['acc_eve', {}, 404, 'organization_not_found'],
  ])('%s with %j is answered %i %s', async (as, more, status, code) => {
    const answer = await call(as, 'POST', '', { name: 'k', group: 'acme-standard', ...more });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('ten thousand keys are enough for one organization', async () => {
    await addOrganization(site, 'org_full');
    await site.database.pool.query(
      `insert into keys (id, organization_id, group_id, name, prefix, hash)
       select 'key_full_' || i, 'org_full', 'acme-standard', 'n', 'full-' || i, int4send(i) from generate_series(1, 9999) i`,
    );
    const full = await startControlServer(organizationKeyRoutes(site.store), {
      gate: gateOf({ acc_owner: { in: { org_full: owning } } }),
    });
    await addMember(site, 'org_full', 'acc_owner');
    const create = () =>
      full.call('POST', '/control/v1/organizations/org_full/keys', {
        as: 'acc_owner',
        body: { name: 'last', group: 'acme-standard' },
      });
    // Two at once: one takes the last place.
    const statuses = (await Promise.all([create(), create()])).map((response) => response.status);
    full.close();
    expect(statuses.sort()).toEqual([201, 409]);
  });
});

describe('what lies out of reach', () => {
  test.each(['acc_dev2', 'acc_mgr'])('is not there for %s', async (as) => {
    const { key } = await make('acc_dev');
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'x' }],
      ['POST', '/disable', { reason: 'r' }],
      ['POST', '/enable', undefined],
      ['POST', '/leaked', {}],
      ['DELETE', '', undefined],
    ] as const) {
      const foreign = await call(as, method, `/${key.id}${path}`, body);
      const nothing = await call(as, method, `/key_nothing${path}`, body);
      expect([foreign.status, foreign.body.code, foreign.body.detail]).toEqual([
        404,
        'key_not_found',
        nothing.body.detail,
      ]);
    }
    const list = await call(as, 'GET', '?state=all&limit=200');
    expect(list.body.data.map((each: { id: string }) => each.id)).not.toContain(key.id);
  });

  test('is not there through another organization', async () => {
    const { key } = await make('acc_dev');
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/leaked'],
    ] as const) {
      const answer = await call('acc_eve', method, `/${key.id}${path}`, method === 'POST' ? {} : undefined, 'org_b');
      expect([answer.status, answer.body.code]).toEqual([404, 'key_not_found']);
    }
    expect((await call('acc_eve', 'GET', '', undefined, 'org_b')).body.data).toEqual([]);
  });

  test('but may be seen and not changed by who only reads', async () => {
    const { key } = await make('acc_dev');
    expect((await call('acc_reader', 'GET', `/${key.id}`)).status).toBe(200);
    const answer = await call('acc_reader', 'PATCH', `/${key.id}`, { name: 'x' });
    expect([answer.status, answer.body.code]).toEqual([403, 'permission_missing']);
  });
});

test('lists are narrowed, filtered and sorted', async () => {
  const { pool } = site.database;
  const own = await make('acc_mgr', { name: 'Zeta' });
  const shared = await make('acc_owner', { name: 'alpha', project_id: 'prj_p' });
  await make('acc_owner', { name: 'other', project_id: 'prj_q', group: 'beta-standard' });
  await pool.query(
    `insert into key_spend values ($1, 'total', 'epoch', 5), ($2, 'total', 'epoch', 70);`
      .replaceAll('$1', `'${own.key.id}'`)
      .replaceAll('$2', `'${shared.key.id}'`),
  );
  await pool.query(
    `insert into key_activity values ('${own.key.id}', now()), ('${shared.key.id}', now() - interval '1 day')`,
  );
  await pool.query(
    `insert into usage_days (day, organization_id, key_id, project_id, group_id, model, actual_cost)
     select date_trunc('day', now(), 'UTC') - days * interval '24 hours', 'org_a', $1, '', 'acme-standard', 'm', cost
     from (values (0, 30), (29, 200), (30, 9000)) as used (days, cost)`,
    [own.key.id],
  );
  const names = async (query: string) => {
    const { body } = await call('acc_mgr', 'GET', `?account=acc_mgr&search=Zeta${query}`);
    return body.data.map((key: { name: string }) => key.name);
  };
  expect(await names('')).toEqual(['Zeta']);
  const all = async (query: string) => {
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 20; page++) {
      const { body } = await call('acc_mgr', 'GET', `?limit=2${query}${cursor}`);
      seen.push(...body.data.map((key: { id: string }) => key.id));
      if (body.next_cursor === null) return seen;
      cursor = `&cursor=${encodeURIComponent(body.next_cursor)}`;
    }
    throw new Error('a list without an end');
  };
  const bySpend = await all('&sort=-spend');
  expect(bySpend.slice(0, 2)).toEqual([shared.key.id, own.key.id]);
  for (const sort of ['created', '-created', 'last_used', '-last_used', 'spend', 'name', '-name']) {
    const seen = await all(`&sort=${sort}`);
    expect(new Set(seen)).toEqual(new Set(bySpend));
    expect(seen).toHaveLength(bySpend.length);
  }
  expect((await all('&sort=-last_used')).slice(0, 2)).toEqual([own.key.id, shared.key.id]);
  expect((await all('&sort=-name'))[0]).toBe(own.key.id);
  expect(await all('&vendor=beta')).toEqual([]);
  expect(await all('&project=prj_q')).toEqual([]);
  expect(await all('&project=prj_p')).toContain(shared.key.id);
  const shown = (await call('acc_mgr', 'GET', `/${own.key.id}`)).body;
  expect(shown).toMatchObject({ spent_today_usd: '0.00000003', spent_30d_usd: '0.00000023' });
});

describe('disabling', () => {
  test('somebody else’s key takes a reason, and the owner is told', async () => {
    const { key } = await make('acc_dev');
    const silent = await call('acc_owner', 'POST', `/${key.id}/disable`);
    expect([silent.status, silent.body.errors]).toEqual([400, [expect.objectContaining({ field: 'body.reason' })]]);
    const { body } = await call('acc_owner', 'POST', `/${key.id}/disable`, { reason: 'Found in a log.' });
    expect(body).toMatchObject({
      state: 'disabled',
      disabled: { by: { by: 'member', account_id: 'acc_owner', name: 'acc_owner' }, reason: 'Found in a log.' },
    });
    expect(site.notices).toEqual([{ accountId: 'acc_dev', kind: 'key-disabled' }]);
    expect(site.mails).toMatchObject([
      {
        to: 'acc_dev@example.test',
        facts: {
          by: 'acc_owner@example.test',
          reason: 'Found in a log.',
          link: `https://lodge.example/console/keys/${key.id}`,
        },
      },
    ]);
    const refused = await call('acc_dev', 'POST', `/${key.id}/enable`);
    expect([refused.status, refused.body.code]).toEqual([403, 'key_disabled_by_other']);
    expect(refused.body.detail).toContain('acc_owner');
    expect((await call('acc_owner', 'POST', `/${key.id}/enable`)).body).toMatchObject({
      state: 'enabled',
      disabled: null,
    });
    expect(site.notices.at(-1)).toEqual({ accountId: 'acc_dev', kind: 'key-enabled' });
  });

  test('one’s own key needs none, and is one’s own to enable', async () => {
    const { key } = await make('acc_dev');
    expect((await call('acc_dev', 'POST', `/${key.id}/disable`)).body).toMatchObject({ state: 'disabled' });
    expect((await call('acc_dev', 'POST', `/${key.id}/enable`)).body).toMatchObject({ state: 'enabled' });
    expect(site.mails).toEqual([]);
  });

  test('by staff is theirs to take back, and customers read no name', async () => {
    const { key } = await make('acc_dev');
    const staff = { ...systemActor, kind: 'account', accountId: 'acc_staff', name: 'sam@example.test' } as const;
    await site.store.disable({ organizationId: null, member: null }, key.id, staff, 'Abuse.');
    expect(site.mails).toMatchObject([{ facts: { by: 'Support', reason: 'Abuse.' } }]);
    const shown = (await call('acc_owner', 'GET', `/${key.id}`)).body;
    expect(shown.disabled).toEqual({ by: { by: 'staff', account_id: null, name: 'Support' }, reason: 'Abuse.' });
    const refused = await call('acc_owner', 'POST', `/${key.id}/enable`);
    expect([refused.status, refused.body.code]).toEqual([403, 'key_disabled_by_other']);
    expect(refused.body.detail).not.toContain('Sam');
    const admin = await server.call('GET', `/admin/v1/keys/${key.id}`, { as: 'admin' });
    expect(await admin.json()).toMatchObject({ disabled: { by: { account_id: 'acc_staff', name: 'Sam Support' } } });
  });

  test('in another module’s transaction stands or falls with it', async () => {
    const first = await make('acc_dev2');
    const second = await make('acc_dev2');
    await call('acc_dev2', 'POST', `/${second.key.id}/disable`);
    const { pool } = site.database;
    const disable = (fails: boolean) =>
      inTransaction(pool, async (client) => {
        const ids = await disableKeys(client, 'org_a', { accountId: 'acc_dev2' }, systemActor, 'Left.');
        if (fails) throw new Error('fell');
        return ids;
      });
    await expect(disable(true)).rejects.toThrow('fell');
    expect((await call('acc_dev2', 'GET', `/${first.key.id}`)).body.state).toBe('enabled');
    expect(await disable(false)).toContain(first.key.id);
    expect(await disable(false)).toEqual([]);
    const none = await inTransaction(pool, (client) =>
      disableKeys(client, 'org_b', { ids: [first.key.id] }, systemActor, 'x'),
    );
    expect(none).toEqual([]);
  });
});

test('every change stands in the audit log, without secret or hash', async () => {
  const { key, secret } = await make('acc_dev', { limits: { spend_usd: { '1d': '2.5' } } });
  await call('acc_dev', 'PATCH', `/${key.id}`, { name: 'renamed' });
  await call('acc_owner', 'POST', `/${key.id}/disable`, { reason: 'r' });
  await call('acc_owner', 'POST', `/${key.id}/enable`);
  await call('acc_dev', 'DELETE', `/${key.id}`);
  const { rows } = await site.database.pool.query(
    'select action, actor_id, organization_id, before, after from audit_log where subject_id = $1 order by at, id',
    [key.id],
  );
  expect(rows.map((row) => [row.action, row.actor_id])).toEqual([
    ['key.created', 'acc_dev'],
    ['key.changed', 'acc_dev'],
    ['key.disabled', 'acc_owner'],
    ['key.enabled', 'acc_owner'],
    ['key.deleted', 'acc_dev'],
  ]);
  expect(rows[0].after).toMatchObject({ prefix: key.prefix, name: 'k', spend_1d: '2500000000' });
  expect(rows[1]).toMatchObject({ organization_id: 'org_a', before: { name: 'k' }, after: { name: 'renamed' } });
  expect(rows[2]).toMatchObject({
    before: { state: 'enabled' },
    after: { state: 'disabled', disabled_by: 'acc_owner', disabled_reason: 'r' },
  });
  const text = JSON.stringify(rows);
  expect(text).not.toContain(secret.slice(key.prefix.length, -6));
  expect(text).not.toContain('hash');
});

test('staff see the keys of any organization', async () => {
  const { key } = await make('acc_dev');
  const list = async (query: string) => {
    const response = await server.call('GET', `/admin/v1/keys${query}`, { as: 'admin' });
    return ((await response.json()) as { data: { id: string }[] }).data.map((each) => each.id);
  };
  expect(await list('?limit=200')).not.toContain(key.id);
  expect(await list('?organization=org_a&limit=200')).toContain(key.id);
  expect((await list('?organization=all'))[0]).toBe(key.id);
  const body = { name: 'gift', group: 'acme-standard', organization: 'org_b', account_id: 'acc_eve' };
  const made = await server.call('POST', '/admin/v1/keys', { as: 'admin', body });
  expect(await made.json()).toMatchObject({
    key: { owner: { id: 'acc_eve' }, created_by: { by: 'staff', name: null } },
  });
  const nowhere = await server.call('POST', '/admin/v1/keys', {
    as: 'admin',
    body: { ...body, organization: 'org_c' },
  });
  expect([nowhere.status, ((await nowhere.json()) as { code: string }).code]).toEqual([404, 'organization_not_found']);
});
