import type pg from 'pg';
import { appendAudit, changedMembers } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { decideRoom } from './decide.ts';
import type { NamePlace } from './members.ts';
import { newId } from './parts.ts';
import { check, type Doer, inOrganization, memberNotFound, type Scene, withFreeName } from './scene.ts';
import { likePart } from './text.ts';

export interface TeamView {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly members: number;
  /** That are not archived. */
  readonly projects: number;
  readonly createdAtMs: number;
}

export interface TeamFilter {
  readonly search?: string | undefined;
  readonly id?: string | undefined;
  /** Only teams of this member, or of these projects, and only these are counted; absent: all. */
  readonly within?: { readonly accountId: string; readonly projectIds: readonly string[] } | undefined;
  readonly limit: number;
  readonly after?: NamePlace | undefined;
}

export interface TeamInput {
  readonly name?: string | undefined;
  readonly note?: string | undefined;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly sort_name: string;
  readonly note: string;
  readonly members: number;
  readonly projects: number;
  readonly created_at: Date;
}

interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

/** The condition over `t` for a team of this member, or of one of these projects. */
export function teamWithin(account: string, projects: string): string {
  return `(exists (select 1 from team_members tm where tm.organization_id = t.organization_id and tm.team_id = t.id
      and tm.account_id = ${account})
    or exists (select 1 from projects p where p.organization_id = t.organization_id and p.team_id = t.id
      and p.id = any(${projects})))`;
}

/** Teams by name. */
export async function listTeams(
  pool: pg.Pool,
  organizationId: string,
  filter: TeamFilter,
): Promise<{ readonly teams: readonly TeamView[]; readonly next: NamePlace | null }> {
  const values: unknown[] = [organizationId, filter.limit + 1];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['t.organization_id = $1'];
  const counted = { members: '', projects: '' };
  if (filter.id !== undefined) conditions.push(`t.id = ${place(filter.id)}`);
  if (filter.search) conditions.push(`t.name ilike ${place(likePart(filter.search))}`);
  if (filter.after) conditions.push(`(lower(t.name), t.id) > (${place(filter.after.name)}, ${place(filter.after.id)})`);
  if (filter.within) {
    const { accountId, projectIds } = filter.within;
    const [account, projects] = [place(accountId), place(projectIds)];
    conditions.push(teamWithin(account, projects));
    counted.members = `and tm.account_id = ${account}`;
    counted.projects = `and p.id = any(${projects})`;
  }
  const { rows } = await pool.query<Row>(
    `select t.id, t.name, lower(t.name) as sort_name, t.note, t.created_at,
       (select count(*)::int from team_members tm
        where tm.organization_id = t.organization_id and tm.team_id = t.id ${counted.members}) as members,
       (select count(*)::int from projects p
        where p.organization_id = t.organization_id and p.team_id = t.id and p.archived_at is null ${counted.projects}) as projects
     from teams t where ${conditions.join(' and ')} order by lower(t.name), t.id limit $2`,
    values,
  );
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    teams: shown.map(({ created_at, sort_name: _sort, ...team }) => ({
      ...team,
      createdAtMs: created_at.getTime(),
    })),
    next: rows.length > shown.length && last ? { name: last.sort_name, id: last.id } : null,
  };
}

/** @returns its id @throws AppError `name_taken`, `limit_reached` */
export async function createTeam(
  pool: pg.Pool,
  doer: Doer,
  input: { readonly name: string; readonly note: string },
): Promise<string> {
  return inOrganization(pool, doer, 'teams.write', async (scene) => {
    const { client, organization } = scene;
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from teams where organization_id = $1',
      [organization.id],
    );
    check(decideRoom('organizationTeams', rows[0]?.count ?? 0));
    const team = { id: newId('tea'), ...input };
    await withFreeName(team.name, () =>
      client.query('insert into teams (organization_id, id, name, note) values ($1, $2, $3, $4)', [
        organization.id,
        team.id,
        team.name,
        team.note,
      ]),
    );
    await auditTeam(scene, 'team.created', team, null, stateOf(team));
    return team.id;
  });
}

/** @throws AppError `team_not_found`, `name_taken` */
export async function changeTeam(pool: pg.Pool, doer: Doer, id: string, input: TeamInput): Promise<void> {
  await inOrganization(pool, doer, 'teams.write', async (scene) => {
    const team = await requireTeam(scene, id);
    const changed = { id, name: input.name ?? team.name, note: input.note ?? team.note };
    const { before, after } = changedMembers(stateOf(team), stateOf(changed));
    if (Object.keys(after).length === 0) return;
    await withFreeName(changed.name, () =>
      scene.client.query('update teams set name = $3, note = $4 where organization_id = $1 and id = $2', [
        scene.organization.id,
        id,
        changed.name,
        changed.note,
      ]),
    );
    await auditTeam(scene, 'team.changed', changed, before, after);
  });
}

/** Its projects stay, without a team; grants on it end. @throws AppError `team_not_found` */
export async function deleteTeam(pool: pg.Pool, doer: Doer, id: string): Promise<void> {
  await inOrganization(pool, doer, 'teams.write', async (scene) => {
    const { client, organization } = scene;
    const team = await requireTeam(scene, id);
    const grants = await client.query(
      `delete from grants where organization_id = $1 and place = 'team' and place_id = $2`,
      [organization.id, id],
    );
    await client.query('delete from teams where organization_id = $1 and id = $2', [organization.id, id]);
    await auditTeam(scene, 'team.deleted', team, { ...stateOf(team), grants: grants.rowCount ?? 0 }, null);
  });
}

/** Twice is no error. @throws AppError `team_not_found`, `member_not_found` */
export async function addToTeam(pool: pg.Pool, doer: Doer, id: string, accountId: string): Promise<void> {
  await changeTeamMember(pool, doer, { id, accountId, action: 'team.member_added' }, async ({ client, organization }) =>
    client.query(
      'insert into team_members (organization_id, team_id, account_id) values ($1, $2, $3) on conflict do nothing',
      [organization.id, id, accountId],
    ),
  );
}

/** Twice is no error. @throws AppError `team_not_found`, `member_not_found` */
export async function takeFromTeam(pool: pg.Pool, doer: Doer, id: string, accountId: string): Promise<void> {
  await changeTeamMember(
    pool,
    doer,
    { id, accountId, action: 'team.member_removed' },
    async ({ client, organization }) =>
      client.query('delete from team_members where organization_id = $1 and team_id = $2 and account_id = $3', [
        organization.id,
        id,
        accountId,
      ]),
  );
}

/** @throws AppError `team_not_found` */
export async function requireTeam({ client, organization }: Scene, id: string): Promise<TeamRow> {
  const { rows } = await client.query<TeamRow>(
    'select id, name, note from teams where organization_id = $1 and id = $2',
    [organization.id, id],
  );
  if (rows[0] === undefined) throw teamNotFound();
  return rows[0];
}

export function teamNotFound(): AppError {
  return new AppError('team_not_found', 'There is no such team in this organization.');
}

async function changeTeamMember(
  pool: pg.Pool,
  doer: Doer,
  { id, accountId, action }: { readonly id: string; readonly accountId: string; readonly action: string },
  write: (scene: Scene) => Promise<pg.QueryResult>,
): Promise<void> {
  await inOrganization(pool, doer, 'teams.write', async (scene) => {
    const { client, organization } = scene;
    const team = await requireTeam(scene, id);
    const { rows } = await client.query<{ email: string }>(
      `select a.email from members m join accounts a on a.id = m.account_id
       where m.organization_id = $1 and m.account_id = $2`,
      [organization.id, accountId],
    );
    if (rows[0] === undefined) throw memberNotFound();
    const { rowCount } = await write(scene);
    if (rowCount === 0) return;
    await auditTeam(scene, action, team, null, { account_id: accountId, email: rows[0].email });
  });
}

async function auditTeam(
  { client, organization, actor }: Scene,
  action: string,
  { id, name }: Pick<TeamRow, 'id' | 'name'>,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): Promise<void> {
  const subject = { kind: 'team', id, name };
  await appendAudit(client, actor, { action, organizationId: organization.id, subject, before, after });
}

function stateOf({ name, note }: Pick<TeamRow, 'name' | 'note'>): Record<string, unknown> {
  return { name, note };
}
