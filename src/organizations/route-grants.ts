import { z } from 'zod';
import { InputError, type OrganizationContext, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import { addGrant, type GrantPlace, type GrantView, grantNotFound, listGrants, removeGrant } from './grants.ts';
import type { OrganizationOptions } from './parts.ts';
import { only } from './problems.ts';
import { doerOf } from './scene.ts';
import { idText, named, organizationParams, sightOf, time, timeCursorOf, timePlaceOf, timeText } from './shapes.ts';

const grantSchema = z
  .object({
    id: z.string(),
    account: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    team: named.nullable().describe('All its projects, also those that come. Null: a grant on a project.'),
    project: named.nullable(),
    role: z.string().describe('Of its permissions, those about keys, usage and requests count here.'),
    created_at: time,
  })
  .meta({ id: 'Grant' });

const path = '/control/v1/organizations/{organization}/grants';

/** Grants: what a member may do within one team or project, beyond their roles. */
export function grantRoutes(options: OrganizationOptions): Route[] {
  return [listRoute(options), addRoute(options), removeRoute(options)];
}

function listRoute({ pool }: OrganizationOptions): Route {
  return route({
    method: 'GET',
    path,
    summary: 'List grants, newest first',
    access: 'organization:organization.read',
    params: organizationParams,
    query: z.object({
      ...pageQuery,
      account: idText.optional(),
      team: idText.optional(),
      project: idText.optional(),
      role: idText.optional(),
    }),
    responses: { 200: pageOf(grantSchema) },
    async handle(context, { query }) {
      const { all, accountId: self } = sightOf(context);
      // Who was let into some projects only sees their own grants.
      if (!all && query.account !== undefined && query.account !== self) {
        return { status: 200, body: { data: [], next_cursor: null } };
      }
      const { grants, next } = await listGrants(pool, context.organizationId, {
        accountId: all ? query.account : self,
        teamId: query.team,
        projectId: query.project,
        role: query.role,
        limit: query.limit,
        after: timePlaceOf(query.cursor),
      });
      return { status: 200, body: { data: grants.map(grantBody), next_cursor: timeCursorOf(next) } };
    },
  });
}

function addRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path,
    summary: 'Grant a member a role on a team or project',
    access: 'organization:teams.write',
    params: organizationParams,
    body: z.object({
      account: idText,
      team: idText.optional(),
      project: idText.optional(),
      role: idText,
    }),
    responses: { 201: grantSchema },
    problems: only(
      'member_not_found',
      'team_not_found',
      'project_not_found',
      'role_not_found',
      'role_not_grantable',
      'role_above_you',
      'limit_reached',
      'grant_not_found',
    ),
    async handle(context, { body }) {
      const input = { accountId: body.account, role: body.role, ...placeOfBody(body) };
      const id = await addGrant(options, doerOf(context), input);
      return { status: 201, body: await shown(options, context, id) };
    },
  });
}

function removeRoute(options: OrganizationOptions): Route {
  return route({
    method: 'DELETE',
    path: `${path}/{grant}`,
    summary: 'Take a grant back',
    access: 'organization:teams.write',
    params: organizationParams.extend({ grant: idText }),
    responses: { 204: null },
    problems: only('grant_not_found'),
    async handle(context, { params: { grant } }) {
      await removeGrant(options, doerOf(context), grant);
      return { status: 204, body: null };
    },
  });
}

async function shown({ pool }: OrganizationOptions, { organizationId }: OrganizationContext, id: string) {
  const { grants } = await listGrants(pool, organizationId, { id, limit: 1 });
  if (grants[0] === undefined) throw grantNotFound();
  return grantBody(grants[0]);
}

function placeOfBody(body: { readonly team?: string | undefined; readonly project?: string | undefined }): {
  readonly place: GrantPlace;
  readonly placeId: string;
} {
  if (body.team !== undefined && body.project === undefined) return { place: 'team', placeId: body.team };
  if (body.project !== undefined && body.team === undefined) return { place: 'project', placeId: body.project };
  throw new InputError([{ field: 'body', message: 'name a team or a project, one of both' }]);
}

function grantBody({ id, account, place, at, role, createdAtMs }: GrantView): z.input<typeof grantSchema> {
  return {
    id,
    account: { ...account },
    team: place === 'team' ? { ...at } : null,
    project: place === 'project' ? { ...at } : null,
    role,
    created_at: timeText(createdAtMs),
  };
}
