import { z } from 'zod';
import { formatUsd } from '../base/money.ts';
import { type OrganizationContext, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import type { OrganizationOptions } from './parts.ts';
import { only } from './problems.ts';
import {
  archiveProject,
  changeProject,
  createProject,
  deleteProject,
  listProjects,
  type ProjectView,
  projectNotFound,
} from './projects.ts';
import { doerOf } from './scene.ts';
import {
  cursorOf,
  idText,
  mayCount,
  money,
  named,
  nameText,
  noteText,
  organizationParams,
  placeOf,
  searchText,
  sightOf,
  time,
  timeText,
} from './shapes.ts';
import { spendByProject } from './spend.ts';

const projectSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    note: z.string(),
    team: named.nullable(),
    archived_at: time.nullable().describe('From then on it takes no new keys.'),
    created_at: time,
    keys: z.int().nullable().describe('That are not deleted. Null: not yours to see.'),
    spend_30d_usd: money.nullable().describe('Booked to it. Null: not yours to see.'),
  })
  .meta({ id: 'Project' });

const path = '/control/v1/organizations/{organization}/projects';
const params = organizationParams.extend({ project: idText });

/** Projects: what a key's spend is booked to. */
export function projectRoutes(options: OrganizationOptions): Route[] {
  return [...readRoutes(options), ...writeRoutes(options), ...endRoutes(options)];
}

function readRoutes(options: OrganizationOptions): Route[] {
  return [
    route({
      method: 'GET',
      path,
      summary: 'List projects by name',
      access: 'organization:organization.read',
      params: organizationParams,
      query: z.object({
        ...pageQuery,
        search: searchText,
        team: idText.optional(),
        archived: z.enum(['no', 'yes', 'all']).default('no'),
      }),
      responses: { 200: pageOf(projectSchema) },
      async handle(context, { query }) {
        const { all, projectIds } = sightOf(context);
        const { search, team: teamId, archived, limit } = query;
        const within = all ? undefined : projectIds;
        const filter = { search, teamId, archived, limit, within, after: placeOf(query.cursor) };
        const { projects, next } = await listProjects(options.pool, context.organizationId, filter);
        return { status: 200, body: { data: await bodies(options, context, projects), next_cursor: cursorOf(next) } };
      },
    }),
    route({
      method: 'GET',
      path: `${path}/{project}`,
      summary: 'Show a project',
      access: 'organization:organization.read',
      params,
      responses: { 200: projectSchema },
      problems: only('project_not_found'),
      handle: async (context, { params: { project } }) => ({
        status: 200,
        body: await shown(options, context, project),
      }),
    }),
  ];
}

function writeRoutes(options: OrganizationOptions): Route[] {
  const { pool } = options;
  const team = idText.nullable();
  return [
    route({
      method: 'POST',
      path,
      summary: 'Make a project',
      access: 'organization:teams.write',
      params: organizationParams,
      body: z.object({ name: nameText(), note: noteText.default(''), team: team.default(null) }),
      responses: { 201: projectSchema },
      problems: only('name_taken', 'limit_reached', 'team_not_found', 'project_not_found'),
      async handle(context, { body: { name, note, team: teamId } }) {
        const id = await createProject(pool, doerOf(context), { name, note, teamId });
        return { status: 201, body: await shown(options, context, id) };
      },
    }),
    route({
      method: 'PATCH',
      path: `${path}/{project}`,
      summary: 'Change a project, or move it to another team',
      access: 'organization:teams.write',
      params,
      body: z.object({ name: nameText().optional(), note: noteText.optional(), team: team.optional() }),
      responses: { 200: projectSchema },
      problems: only('project_not_found', 'name_taken', 'team_not_found', 'role_above_you'),
      async handle(context, { params: { project }, body: { name, note, team: teamId } }) {
        await changeProject(pool, doerOf(context), project, { name, note, teamId });
        return { status: 200, body: await shown(options, context, project) };
      },
    }),
  ];
}

function endRoutes(options: OrganizationOptions): Route[] {
  const { pool, clock } = options;
  const archive = (verb: 'archive' | 'restore', summary: string): Route =>
    route({
      method: 'POST',
      path: `${path}/{project}/${verb}`,
      summary,
      access: 'organization:teams.write',
      params,
      responses: { 200: projectSchema },
      problems: only('project_not_found'),
      async handle(context, { params: { project } }) {
        const at = verb === 'archive' ? new Date(clock.now()) : null;
        await archiveProject(pool, doerOf(context), project, at);
        return { status: 200, body: await shown(options, context, project) };
      },
    });
  return [
    archive('archive', 'Archive a project: it takes no new keys, those it has go on'),
    archive('restore', 'Take a project out of the archive'),
    route({
      method: 'DELETE',
      path: `${path}/{project}`,
      summary: 'Delete a project without keys; what was spent stays in the sums',
      access: 'organization:teams.write',
      params,
      responses: { 204: null },
      problems: only('project_not_found', 'project_has_keys'),
      async handle(context, { params: { project } }) {
        await deleteProject(pool, doerOf(context), project);
        return { status: 204, body: null };
      },
    }),
  ];
}

async function shown(options: OrganizationOptions, context: OrganizationContext, id: string) {
  const { all, projectIds } = sightOf(context);
  const filter = { id, limit: 1, archived: 'all' as const, within: all ? undefined : projectIds };
  const { projects } = await listProjects(options.pool, context.organizationId, filter);
  const [body] = await bodies(options, context, projects);
  if (body === undefined) throw projectNotFound();
  return body;
}

async function bodies(
  { pool, clock }: OrganizationOptions,
  context: OrganizationContext,
  projects: readonly ProjectView[],
) {
  const counted = projects.map(({ id }) => id).filter((projectId) => mayCount(context, 'usage.read', { projectId }));
  const spend = await spendByProject(pool, context.organizationId, counted, clock.now());
  return projects.map((project) => projectBody(context, project, spend));
}

function projectBody(
  context: OrganizationContext,
  project: ProjectView,
  spend: ReadonlyMap<string, bigint>,
): z.input<typeof projectSchema> {
  const { id, name, note, team } = project;
  return {
    id,
    name,
    note,
    team: team && { ...team },
    archived_at: timeText(project.archivedAtMs),
    created_at: timeText(project.createdAtMs),
    keys: mayCount(context, 'keys.read', { projectId: id }) ? project.keys : null,
    spend_30d_usd: mayCount(context, 'usage.read', { projectId: id }) ? formatUsd(spend.get(id) ?? 0n) : null,
  };
}
