import type pg from 'pg';
import { appendAudit, changedMembers } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { decideRoom } from './decide.ts';
import { refusalOfGrant } from './grants.ts';
import type { Named, NamePlace } from './members.ts';
import { newId } from './parts.ts';
import { readRoles } from './roles.ts';
import { check, type Doer, inOrganization, type Scene, withFreeName } from './scene.ts';
import { requireTeam } from './teams.ts';
import { likePart } from './text.ts';

export interface ProjectView {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly team: Named | null;
  readonly archivedAtMs: number | null;
  readonly createdAtMs: number;
  /** That are not deleted. */
  readonly keys: number;
}

export interface ProjectFilter {
  readonly search?: string | undefined;
  readonly id?: string | undefined;
  readonly teamId?: string | undefined;
  readonly archived: 'no' | 'yes' | 'all';
  /** Only these; absent: all. */
  readonly within?: readonly string[] | undefined;
  readonly limit: number;
  readonly after?: NamePlace | undefined;
}

export interface ProjectInput {
  readonly name?: string | undefined;
  readonly note?: string | undefined;
  /** Null: of no team. */
  readonly teamId?: string | null | undefined;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly sort_name: string;
  readonly note: string;
  readonly team: Named | null;
  readonly archived_at: Date | null;
  readonly created_at: Date;
  readonly keys: number;
}

interface ProjectRow {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly team_id: string | null;
  readonly archived_at: Date | null;
}

/** Projects by name. */
export async function listProjects(
  pool: pg.Pool,
  organizationId: string,
  filter: ProjectFilter,
): Promise<{ readonly projects: readonly ProjectView[]; readonly next: NamePlace | null }> {
  const values: unknown[] = [organizationId, filter.limit + 1];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['p.organization_id = $1'];
  if (filter.id !== undefined) conditions.push(`p.id = ${place(filter.id)}`);
  if (filter.within !== undefined) conditions.push(`p.id = any(${place(filter.within)})`);
  if (filter.teamId !== undefined) conditions.push(`p.team_id = ${place(filter.teamId)}`);
  if (filter.archived !== 'all') conditions.push(`p.archived_at is ${filter.archived === 'yes' ? 'not ' : ''}null`);
  if (filter.search) conditions.push(`p.name ilike ${place(likePart(filter.search))}`);
  if (filter.after) conditions.push(`(lower(p.name), p.id) > (${place(filter.after.name)}, ${place(filter.after.id)})`);
  const { rows } = await pool.query<Row>(
    `select p.id, p.name, lower(p.name) as sort_name, p.note, p.archived_at, p.created_at,
       (select json_build_object('id', t.id, 'name', t.name) from teams t
        where t.organization_id = p.organization_id and t.id = p.team_id) as team,
       (select count(*)::int from keys k
        where k.organization_id = p.organization_id and k.project_id = p.id and k.state <> 'deleted') as keys
     from projects p where ${conditions.join(' and ')} order by lower(p.name), p.id limit $2`,
    values,
  );
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    projects: shown.map(viewOf),
    next: rows.length > shown.length && last ? { name: last.sort_name, id: last.id } : null,
  };
}

/** @returns its id @throws AppError `name_taken`, `limit_reached`, `team_not_found`, `role_above_you` */
export async function createProject(
  pool: pg.Pool,
  doer: Doer,
  input: { readonly name: string; readonly note: string; readonly teamId: string | null },
): Promise<string> {
  return inOrganization(pool, doer, 'teams.write', async (scene) => {
    const { client, organization } = scene;
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from projects where organization_id = $1',
      [organization.id],
    );
    check(decideRoom('organizationProjects', rows[0]?.count ?? 0));
    if (input.teamId !== null) await requireTeam(scene, input.teamId);
    const project = { id: newId('prj'), name: input.name, note: input.note, team_id: input.teamId, archived_at: null };
    await withFreeName(project.name, () =>
      client.query('insert into projects (organization_id, id, name, note, team_id) values ($1, $2, $3, $4, $5)', [
        organization.id,
        project.id,
        project.name,
        project.note,
        project.team_id,
      ]),
    );
    await auditProject(scene, 'project.created', project, null, stateOf(project));
    return project.id;
  });
}

/** @throws AppError `project_not_found`, `name_taken`, `team_not_found`, `role_above_you` */
export async function changeProject(pool: pg.Pool, doer: Doer, id: string, input: ProjectInput): Promise<void> {
  await inOrganization(pool, doer, 'teams.write', async (scene) => {
    const project = await requireProject(scene, id);
    const changed = {
      ...project,
      name: input.name ?? project.name,
      note: input.note ?? project.note,
      team_id: input.teamId === undefined ? project.team_id : input.teamId,
    };
    const { before, after } = changedMembers(stateOf(project), stateOf(changed));
    if (Object.keys(after).length === 0) return;
    if (changed.team_id !== null && changed.team_id !== project.team_id) await checkMove(scene, id, changed.team_id);
    await withFreeName(changed.name, () =>
      scene.client.query(
        'update projects set name = $3, note = $4, team_id = $5 where organization_id = $1 and id = $2',
        [scene.organization.id, id, changed.name, changed.note, changed.team_id],
      ),
    );
    await auditProject(scene, 'project.changed', changed, before, after);
  });
}

/** An archived project takes no new keys; what it has goes on. Twice is no error. @throws AppError `project_not_found` */
export async function archiveProject(pool: pg.Pool, doer: Doer, id: string, archivedAt: Date | null): Promise<void> {
  await inOrganization(pool, doer, 'teams.write', async (scene) => {
    const project = await requireProject(scene, id);
    if ((project.archived_at === null) === (archivedAt === null)) return;
    await scene.client.query('update projects set archived_at = $3 where organization_id = $1 and id = $2', [
      scene.organization.id,
      id,
      archivedAt,
    ]);
    const action = archivedAt === null ? 'project.restored' : 'project.archived';
    const state = (at: Date | null) => ({ archived: at !== null });
    await auditProject(scene, action, project, state(project.archived_at), state(archivedAt));
  });
}

/** Its past spend stays in the sums, under its id. @throws AppError `project_not_found`, `project_has_keys` */
export async function deleteProject(pool: pg.Pool, doer: Doer, id: string): Promise<void> {
  await inOrganization(pool, doer, 'teams.write', async (scene) => {
    const { client, organization } = scene;
    const project = await requireProject(scene, id);
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from keys where organization_id = $1 and project_id = $2 and state <> 'deleted'`,
      [organization.id, id],
    );
    const count = rows[0]?.count ?? 0;
    if (count > 0) {
      const text = `The project has ${count} ${count === 1 ? 'key' : 'keys'}. Delete or move them, or archive it.`;
      throw new AppError('project_has_keys', text);
    }
    await client.query(`delete from grants where organization_id = $1 and place = 'project' and place_id = $2`, [
      organization.id,
      id,
    ]);
    await client.query('delete from projects where organization_id = $1 and id = $2', [organization.id, id]);
    await auditProject(scene, 'project.deleted', project, stateOf(project), null);
  });
}

/** @throws AppError `project_not_found` */
export async function requireProject({ client, organization }: Scene, id: string): Promise<ProjectRow> {
  const { rows } = await client.query<ProjectRow>(
    'select id, name, note, team_id, archived_at from projects where organization_id = $1 and id = $2',
    [organization.id, id],
  );
  if (rows[0] === undefined) throw projectNotFound();
  return rows[0];
}

export function projectNotFound(): AppError {
  return new AppError('project_not_found', 'There is no such project in this organization, or none of yours.');
}

/** Who has a grant on the team reaches the project from now on: that is given, and only by who has it. */
async function checkMove(scene: Scene, projectId: string, teamId: string): Promise<void> {
  const { client, organization, doer } = scene;
  const team = await requireTeam(scene, teamId);
  const { rows } = await client.query<{ role: string }>(
    `select distinct role from grants where organization_id = $1 and place = 'team' and place_id = $2`,
    [organization.id, teamId],
  );
  const roles = await readRoles(client, organization.id);
  for (const { role } of rows) {
    const permissions = roles.permissionsOf(role) ?? [];
    check(refusalOfGrant(permissions, doer.reach, projectId, `A grant on the team ${team.name}`));
  }
}

async function auditProject(
  { client, organization, actor }: Scene,
  action: string,
  { id, name }: Pick<ProjectRow, 'id' | 'name'>,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): Promise<void> {
  const subject = { kind: 'project', id, name };
  await appendAudit(client, actor, { action, organizationId: organization.id, subject, before, after });
}

function stateOf({ name, note, team_id }: ProjectRow): Record<string, unknown> {
  return { name, note, team_id };
}

function viewOf({ sort_name: _sort, archived_at, created_at, ...project }: Row): ProjectView {
  return { ...project, archivedAtMs: archived_at?.getTime() ?? null, createdAtMs: created_at.getTime() };
}
