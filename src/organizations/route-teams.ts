import { z } from 'zod';
import { formatUsd } from '../base/money.ts';
import { type OrganizationContext, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import type { OrganizationOptions } from './parts.ts';
import { only } from './problems.ts';
import { doerOf } from './scene.ts';
import {
  cursorOf,
  idText,
  money,
  nameText,
  noteText,
  organizationParams,
  placeOf,
  searchText,
  sightOf,
  time,
  timeText,
} from './shapes.ts';
import { spendByTeam } from './spend.ts';
import {
  addToTeam,
  changeTeam,
  createTeam,
  deleteTeam,
  listTeams,
  type TeamView,
  takeFromTeam,
  teamNotFound,
} from './teams.ts';

const teamSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    note: z.string(),
    members: z.int(),
    projects: z.int().describe('That are not archived.'),
    created_at: time,
    spend_30d_usd: money.nullable().describe('Booked to its projects. Null: not yours to see.'),
  })
  .meta({ id: 'Team' });

const path = '/control/v1/organizations/{organization}/teams';
const params = organizationParams.extend({ team: idText });

/** Teams, and who is in them; the members of one are `…/members?team=`. */
export function teamRoutes(options: OrganizationOptions): Route[] {
  return [...readRoutes(options), ...writeRoutes(options), ...teamMemberRoutes(options)];
}

function readRoutes(options: OrganizationOptions): Route[] {
  return [
    route({
      method: 'GET',
      path,
      summary: 'List teams by name',
      access: 'organization:organization.read',
      params: organizationParams,
      query: z.object({ ...pageQuery, search: searchText }),
      responses: { 200: pageOf(teamSchema) },
      async handle(context, { query }) {
        const { all, ...within } = sightOf(context);
        const { search, limit } = query;
        const filter = { search, limit, after: placeOf(query.cursor), within: all ? undefined : within };
        const { teams, next } = await listTeams(options.pool, context.organizationId, filter);
        return { status: 200, body: { data: await bodies(options, context, teams), next_cursor: cursorOf(next) } };
      },
    }),
    route({
      method: 'GET',
      path: `${path}/{team}`,
      summary: 'Show a team',
      access: 'organization:organization.read',
      params,
      responses: { 200: teamSchema },
      problems: only('team_not_found'),
      handle: async (context, { params: { team } }) => ({ status: 200, body: await shown(options, context, team) }),
    }),
  ];
}

function writeRoutes(options: OrganizationOptions): Route[] {
  const { pool } = options;
  return [
    route({
      method: 'POST',
      path,
      summary: 'Make a team',
      access: 'organization:teams.write',
      params: organizationParams,
      body: z.object({ name: nameText(), note: noteText.default('') }),
      responses: { 201: teamSchema },
      problems: only('name_taken', 'limit_reached', 'team_not_found'),
      async handle(context, { body }) {
        const id = await createTeam(pool, doerOf(context), body);
        return { status: 201, body: await shown(options, context, id) };
      },
    }),
    route({
      method: 'PATCH',
      path: `${path}/{team}`,
      summary: 'Change a team',
      access: 'organization:teams.write',
      params,
      body: z.object({ name: nameText().optional(), note: noteText.optional() }),
      responses: { 200: teamSchema },
      problems: only('team_not_found', 'name_taken'),
      async handle(context, { params: { team }, body }) {
        await changeTeam(pool, doerOf(context), team, body);
        return { status: 200, body: await shown(options, context, team) };
      },
    }),
    route({
      method: 'DELETE',
      path: `${path}/{team}`,
      summary: 'Delete a team; its projects stay, grants on it end',
      access: 'organization:teams.write',
      params,
      responses: { 204: null },
      problems: only('team_not_found'),
      async handle(context, { params: { team } }) {
        await deleteTeam(pool, doerOf(context), team);
        return { status: 204, body: null };
      },
    }),
  ];
}

function teamMemberRoutes({ pool }: OrganizationOptions): Route[] {
  const memberPath = `${path}/{team}/members/{account}`;
  const memberParams = params.extend({ account: idText });
  return [
    route({
      method: 'PUT',
      path: memberPath,
      summary: 'Put a member into a team',
      access: 'organization:teams.write',
      params: memberParams,
      responses: { 204: null },
      problems: only('team_not_found', 'member_not_found'),
      async handle(context, { params: { team, account } }) {
        await addToTeam(pool, doerOf(context), team, account);
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'DELETE',
      path: memberPath,
      summary: 'Take a member out of a team',
      access: 'organization:teams.write',
      params: memberParams,
      responses: { 204: null },
      problems: only('team_not_found', 'member_not_found'),
      async handle(context, { params: { team, account } }) {
        await takeFromTeam(pool, doerOf(context), team, account);
        return { status: 204, body: null };
      },
    }),
  ];
}

async function shown(options: OrganizationOptions, context: OrganizationContext, id: string) {
  const { all, ...within } = sightOf(context);
  const filter = { id, limit: 1, within: all ? undefined : within };
  const { teams } = await listTeams(options.pool, context.organizationId, filter);
  const [body] = await bodies(options, context, teams);
  if (body === undefined) throw teamNotFound();
  return body;
}

async function bodies(
  { pool, clock }: OrganizationOptions,
  { organizationId, reach }: OrganizationContext,
  teams: readonly TeamView[],
) {
  const all = reach.get('usage.read')?.all ?? false;
  const ids = all ? teams.map(({ id }) => id) : [];
  const spend = await spendByTeam(pool, organizationId, ids, clock.now());
  return teams.map(({ id, name, note, members, projects, createdAtMs }) => ({
    id,
    name,
    note,
    members,
    projects,
    created_at: timeText(createdAtMs),
    spend_30d_usd: all ? formatUsd(spend.get(id) ?? 0n) : null,
  }));
}
