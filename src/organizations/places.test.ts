import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { organizationRoutes } from './routes.ts';
import { type OrganizationsUnderTest, startOrganizations } from './testing.ts';

let under: OrganizationsUnderTest;
let acme: string;
let round = 0;

beforeAll(async () => {
  under = await startOrganizations();
});
afterAll(() => under.close());
beforeEach(async () => {
  acme = await under.shared(`Acme ${++round}`, owner(), {
    acc_admin: ['admin'],
    acc_dev: ['developer'],
    acc_ann: [],
  });
});

const owner = () => `acc_owner${round}`;
const call = (as: string, method: string, path: string, body?: unknown) =>
  under.call(method, `${acme}/${path}`, as, body);
const make = async (kind: 'teams' | 'projects' | 'roles' | 'grants', body: object, as = owner()) =>
  (await call(as, 'POST', kind, body)).body;
const list = async (as: string, path: string) => (await call(as, 'GET', path)).body.data;
const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

async function actions() {
  const sql = 'select action from audit_log where organization_id = $1 order by at';
  return (await under.pool.query(sql, [acme])).rows.map(({ action }) => action).slice(1);
}

describe('teams', () => {
  test('are made, changed, filled, emptied and deleted', async () => {
    const { id } = await make('teams', { name: ' Backend ', note: 'Servers' });
    expect((await call(owner(), 'POST', 'teams', { name: 'BACKEND' })).body.code).toBe('name_taken');
    expect((await call(owner(), 'PATCH', `teams/${id}`, { name: 'Core' })).body).toMatchObject({
      name: 'Core',
      note: 'Servers',
    });
    for (let time = 0; time < 2; time++)
      expect((await call(owner(), 'PUT', `teams/${id}/members/acc_dev`)).status).toBe(204);
    expect((await call(owner(), 'PUT', `teams/${id}/members/acc_nobody`)).body.code).toBe('member_not_found');
    const project = await make('projects', { name: 'API', team: id });
    expect(project.team).toEqual({ id, name: 'Core' });
    expect((await call(owner(), 'GET', `teams/${id}`)).body).toMatchObject({
      members: 1,
      projects: 1,
      spend_30d_usd: '0',
    });
    expect(await list(owner(), `members?team=${id}`)).toHaveLength(1);
    const grant = await make('grants', { account: 'acc_ann', team: id, role: 'viewer' });
    await call(owner(), 'DELETE', `teams/${id}/members/acc_dev`);
    expect((await call(owner(), 'DELETE', `teams/${id}`)).status).toBe(204);
    expect((await call(owner(), 'GET', `projects/${project.id}`)).body.team).toBeNull();
    expect(await list(owner(), 'grants')).toEqual([]);
    expect((await call(owner(), 'DELETE', `grants/${grant.id}`)).body.code).toBe('grant_not_found');
    expect(await actions()).toEqual([
      'team.created',
      'team.changed',
      'team.member_added',
      'project.created',
      'grant.added',
      'team.member_removed',
      'team.deleted',
    ]);
  });

  test('come in pages; who sees little sees their own', async () => {
    for (const name of ['b', 'A', 'c']) await make('teams', { name });
    const first = (await call('acc_dev', 'GET', 'teams?limit=2')).body;
    const second = (await call('acc_dev', 'GET', `teams?limit=2&cursor=${first.next_cursor}`)).body;
    expect([...names(first.data), ...names(second.data)]).toEqual(['A', 'b', 'c']);
    expect(first.data[0].spend_30d_usd).toBeNull();
    const [a, b] = first.data;
    const project = await make('projects', { name: 'P', team: b.id });
    await make('grants', { account: 'acc_ann', project: project.id, role: 'viewer' });
    expect(names(await list('acc_ann', 'teams'))).toEqual(['b']);
    expect((await call('acc_ann', 'GET', `teams/${a.id}`)).body.code).toBe('team_not_found');
    expect((await call('acc_ann', 'GET', `teams?cursor=bm9uc2Vuc2U`)).body.code).toBe('cursor_invalid');
  });
});

describe('projects', () => {
  test('are archived and restored, and deleted only without keys', async () => {
    const { id } = await make('projects', { name: 'API' });
    const key = await under.key(acme, { projectId: id });
    await under.pool.query(
      `insert into usage_days (organization_id, day, key_id, project_id, group_id, model, actual_cost)
       values ($1, '2026-11-01', $2, $3, 'g', 'm', 9007199254740993)`,
      [acme, key, id],
    );
    expect((await call('acc_admin', 'GET', `projects/${id}`)).body).toMatchObject({
      keys: 1,
      spend_30d_usd: '9007199.254740993',
    });
    expect((await call('acc_dev', 'GET', `projects/${id}`)).body).toMatchObject({ keys: null, spend_30d_usd: null });
    expect((await call(owner(), 'DELETE', `projects/${id}`)).body).toMatchObject({
      code: 'project_has_keys',
      detail: 'The project has 1 key. Delete or move them, or archive it.',
    });
    expect((await call(owner(), 'POST', `projects/${id}/archive`)).body.archived_at).not.toBeNull();
    expect(await list(owner(), 'projects')).toEqual([]);
    expect(await list(owner(), 'projects?archived=yes')).toHaveLength(1);
    expect((await call(owner(), 'POST', `projects/${id}/restore`)).body.archived_at).toBeNull();
    await under.pool.query(`update keys set state = 'deleted' where id = $1`, [key]);
    expect((await call(owner(), 'DELETE', `projects/${id}`)).status).toBe(204);
    expect(await actions()).toEqual(['project.created', 'project.archived', 'project.restored', 'project.deleted']);
  });

  test('are seen and counted as far as a grant reaches', async () => {
    const one = await make('projects', { name: 'One' });
    const two = await make('projects', { name: 'Two' });
    await make('grants', { account: 'acc_ann', project: one.id, role: 'viewer' });
    expect(await list('acc_ann', 'projects')).toMatchObject([{ name: 'One', keys: 0, spend_30d_usd: '0' }]);
    expect((await call('acc_ann', 'GET', `projects/${two.id}`)).body.code).toBe('project_not_found');
    expect((await call('acc_ann', 'PATCH', `projects/${one.id}`, { name: 'Mine' })).status).toBe(403);
    expect(await list('acc_ann', 'grants?account=acc_dev')).toEqual([]);
    expect(await list('acc_ann', 'grants')).toMatchObject([{ project: { name: 'One' }, team: null, role: 'viewer' }]);
  });

  test('are not moved to where somebody would reach what the mover does not', async () => {
    const team = await make('teams', { name: 'T' });
    const project = await make('projects', { name: 'P' });
    await make('grants', { account: 'acc_ann', team: team.id, role: 'admin' });
    const role = await make('roles', { name: 'Planner', permissions: ['teams.write'] });
    await call(owner(), 'PATCH', 'members/acc_ann', { roles: [role.id] });
    const move = (as: string) => call(as, 'PATCH', `projects/${project.id}`, { team: team.id });
    expect((await move('acc_ann')).body.code).toBe('role_above_you');
    expect((await move('acc_admin')).body.team.id).toBe(team.id);
    expect((await call('acc_ann', 'PATCH', `projects/${project.id}`, { name: 'Q', team: null })).body.name).toBe('Q');
  });
});

test('whoever was let into a project counts what they see', async () => {
  const team = await make('teams', { name: 'Core' });
  await make('teams', { name: 'Other' });
  const project = await make('projects', { name: 'One', team: team.id });
  await make('projects', { name: 'Two', team: team.id });
  await call(owner(), 'PUT', `teams/${team.id}/members/acc_dev`);
  await make('grants', { account: 'acc_ann', project: project.id, role: 'viewer' });
  const show = async (as: string) => (await under.call('GET', acme, as)).body;
  expect(await show(owner())).toMatchObject({ members: 4, teams: 2, projects: 2 });
  expect(await show('acc_ann')).toMatchObject({ members: 1, teams: 1, projects: 1 });
  expect(await list('acc_ann', 'teams')).toMatchObject([{ name: 'Core', members: 0, projects: 1 }]);
  const counts = (await list('acc_ann', 'roles')).map((role: { members: number; grants: number }) => [
    role.members,
    role.grants,
  ]);
  expect(counts).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 1],
  ]);
});

describe('roles', () => {
  test('are the built-in ones and own ones', async () => {
    const made = await make('roles', { name: 'Deploy', permissions: ['keys.write', 'keys.write:own', 'keys.read'] });
    expect(made).toMatchObject({ permissions: ['organization.read', 'keys.read', 'keys.write'], built_in: false });
    await call(owner(), 'PATCH', 'members/acc_dev', { roles: [made.id] });
    const all = await list('acc_dev', 'roles');
    expect(all.map(({ name, members }: { name: string; members: number }) => `${name} ${members}`)).toEqual([
      'owner 1',
      'admin 1',
      'billing 0',
      'developer 0',
      'viewer 0',
      'Deploy 1',
    ]);
    await call(owner(), 'PATCH', `roles/${made.id}`, { permissions: ['usage.read'] });
    expect((await under.call('GET', acme, 'acc_dev')).body.permissions).toEqual(['organization.read', 'usage.read']);
  });

  test('hold no more than their maker has', async () => {
    const tried = (permissions: string[]) => call('acc_admin', 'POST', 'roles', { name: 'X', permissions });
    expect((await tried(['billing.write'])).body.code).toBe('role_above_you');
    expect((await tried(['root'])).body.errors[0].field).toBe('body.permissions.0');
    expect((await tried(['billing.read:own'])).status).toBe(400);
    const { id } = await make('roles', { name: 'Finance', permissions: ['billing.write'] });
    expect((await call('acc_admin', 'PATCH', `roles/${id}`, { name: 'Mine' })).body.code).toBe('role_above_you');
    expect((await call('acc_admin', 'DELETE', `roles/${id}`)).body.code).toBe('role_above_you');
    expect((await call(owner(), 'PATCH', `roles/${id}`, { name: 'Owner' })).body.code).toBe('name_taken');
    expect((await call(owner(), 'PATCH', 'roles/admin', { name: 'Boss' })).body.code).toBe('role_not_found');
  });

  test('in use are not deleted, and it is said by whom', async () => {
    const { id } = await make('roles', { name: 'Deploy', permissions: ['keys.read'] });
    await call(owner(), 'PATCH', 'members/acc_dev', { roles: [id] });
    await call(owner(), 'POST', 'invitations', { emails: ['new@example.test'], roles: [id] });
    expect((await call(owner(), 'DELETE', `roles/${id}`)).body).toMatchObject({
      code: 'role_in_use',
      detail: expect.stringContaining('acc_dev@example.test, new@example.test.'),
    });
    const role = (await list(owner(), 'roles')).find((each: { id: string }) => each.id === id);
    expect(role).toMatchObject({ members: 1, grants: 0, invitations: 1 });
    expect(await list(owner(), `invitations?role=${id}`)).toMatchObject([{ email: 'new@example.test' }]);
    expect(await list(owner(), 'invitations?role=viewer')).toEqual([]);
    await call(owner(), 'PATCH', 'members/acc_dev', { roles: [] });
    const [{ id: invitation }] = await list(owner(), 'invitations');
    await call(owner(), 'POST', `invitations/${invitation}/revoke`);
    expect((await call(owner(), 'DELETE', `roles/${id}`)).status).toBe(204);
  });

  test('are fifty at most, also when two are made at once', async () => {
    await under.pool.query(
      `insert into roles (organization_id, id, name, permissions) select $1, 'rol_' || n, 'R' || n, '{}' from generate_series(1, 49) n`,
      [acme],
    );
    const one = (name: string) => call(owner(), 'POST', 'roles', { name, permissions: [] });
    const replies = await Promise.all([one('A'), one('B')]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('grants', () => {
  test('are given once, told to whom they concern, and taken back', async () => {
    const { id: project } = await make('projects', { name: 'P' });
    const body = { account: 'acc_ann', project, role: 'developer' };
    const first = await make('grants', body, 'acc_admin');
    expect((await make('grants', body, 'acc_admin')).id).toBe(first.id);
    expect(await list(owner(), `grants?project=${project}&account=acc_ann`)).toHaveLength(1);
    expect(await list(owner(), 'grants?role=developer')).toHaveLength(1);
    expect(await list(owner(), 'grants?role=viewer')).toEqual([]);
    expect((await call(owner(), 'DELETE', `grants/${first.id}`)).status).toBe(204);
    const { rows } = await under.pool.query(
      `select facts->>'place' as place from notifications where kind = 'grant-changed' and organization_id = $1`,
      [acme],
    );
    expect(rows).toEqual([{ place: 'P' }, { place: 'P' }]);
    expect((await actions()).slice(1)).toEqual(['grant.added', 'grant.removed']);
  });

  test('are refused for what they cannot mean', async () => {
    const { id: project } = await make('projects', { name: 'P' });
    const { id: audit } = await make('roles', { name: 'Auditor', permissions: ['audit.read'] });
    const tries: [object, string][] = [
      [{ account: 'acc_ann', project, role: 'owner' }, 'role_not_grantable'],
      [{ account: 'acc_ann', project, role: audit }, 'role_not_grantable'],
      [{ account: 'acc_ann', project, role: 'rol_x' }, 'role_not_found'],
      [{ account: 'acc_ann', team: project, role: 'viewer' }, 'team_not_found'],
      [{ account: 'acc_ann', role: 'viewer' }, 'input_invalid'],
      [{ account: 'acc_ann', project, team: 'tea_x', role: 'viewer' }, 'input_invalid'],
    ];
    for (const [body, code] of tries) expect((await call(owner(), 'POST', 'grants', body)).body.code).toBe(code);
  });
});

test('the table of permissions is there for the editor of roles', async () => {
  const { data } = (await under.call('GET', '/control/v1/permissions', 'acc_dev')).body;
  expect(data.find(({ name }: { name: string }) => name === 'keys.read')).toEqual({
    name: 'keys.read',
    text: 'See keys',
    ownable: true,
    roles: ['owner', 'admin', 'billing', 'developer', 'viewer'],
  });
});

describe('another tenant', () => {
  /** Valid bodies, so that nothing is refused before the ids are looked at. */
  const bodies: Readonly<Record<string, unknown>> = {
    'PATCH organizations': { name: 'Taken' },
    'DELETE organizations': { name: 'Acme' },
    'PATCH members': { roles: ['viewer'] },
    'POST disable': { keys: 'keep' },
    'POST remove': { keys: { action: 'disable' } },
    'POST invitations': { emails: ['x@example.test'], roles: [] },
    'POST teams': { name: 'T' },
    'PATCH teams': { name: 'T' },
    'POST projects': { name: 'P' },
    'PATCH projects': { name: 'P' },
    'POST roles': { name: 'R', permissions: [] },
    'PATCH roles': { name: 'R' },
    'POST grants': { account: 'acc_dev', project: 'prj_x', role: 'viewer' },
  };

  test('finds nothing of this one, by any endpoint', async () => {
    const foreign = await under.shared('Foreign', 'acc_foreign', { acc_theirs: ['viewer'] });
    const theirs = async (kind: string, body: object) =>
      (await under.call('POST', `${foreign}/${kind}`, 'acc_foreign', body)).body;
    const team = (await theirs('teams', { name: 'T' })).id;
    const project = (await theirs('projects', { name: 'P' })).id;
    const ids: Readonly<Record<string, string>> = {
      account: 'acc_theirs',
      team,
      project,
      role: (await theirs('roles', { name: 'R', permissions: [] })).id,
      grant: (await theirs('grants', { account: 'acc_theirs', team, role: 'viewer' })).id,
      invitation: (await theirs('invitations', { emails: ['z@example.test'], roles: [] })).data[0].invitation,
    };
    const before = await under.pool.query('select count(*) from audit_log');
    let walked = 0;
    for (const { method, path } of organizationRoutes({} as never)) {
      if (!path.includes('{organization}')) continue;
      const nouns = path.split('/').filter((part) => !part.startsWith('{'));
      const body = bodies[`${method} ${nouns.at(-1)}`];
      const at = (organization: string) =>
        path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'organization' ? organization : (ids[name] ?? '')));
      const outside = await under.call(method, at(foreign), owner(), body);
      expect([outside.status, outside.body.code], `${method} ${path}`).toEqual([404, 'organization_not_found']);
      walked++;
      if (/\{(?!organization)/.test(path)) {
        const inside = await under.call(method, at(acme), owner(), body);
        expect([inside.status, inside.body?.code], `${method} ${path}`).toEqual([
          404,
          expect.stringMatching(/_not_found$/),
        ]);
      }
    }
    expect(walked).toBeGreaterThan(30);
    expect((await under.pool.query('select count(*) from audit_log')).rows).toEqual(before.rows);
  });
});
