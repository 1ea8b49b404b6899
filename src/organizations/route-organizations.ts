import { z } from 'zod';
import { builtInRoles, organizationPermissions, ownablePermissions, type Permission } from '../base/permissions.ts';
import { type OrganizationContext, type Route, route, Throttle, ThrottledError } from '../http/index.ts';
import {
  deleteOrganization,
  makeOrganization,
  type OrganizationView,
  renameOrganization,
  showOrganization,
} from './organization.ts';
import type { OrganizationOptions } from './parts.ts';
import { only } from './problems.ts';
import { doerOf } from './scene.ts';
import { nameText, organizationParams, sightOf, time, timeText } from './shapes.ts';
import { readStanding } from './standing.ts';

const organizationSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['personal', 'shared']),
    created_at: time,
    members: z.int().describe('Let into some projects only, you count yourself.'),
    teams: z.int().describe('That you may see.'),
    projects: z.int().describe('That you may see.'),
    /** Of whoever asks. */
    roles: z.array(z.string()).describe('Your roles.'),
    permissions: z.array(z.string()).describe('Your permissions that reach something here.'),
  })
  .meta({ id: 'Organization' });

const permissionSchema = z.object({
  name: z.string(),
  text: z.string().describe('In English; the name is stable.'),
  ownable: z.boolean().describe('Can be had for what is one’s own: `<name>:own`.'),
  roles: z.array(z.string()).describe('Built-in roles that hold it.'),
});

const dayMs = 86_400_000;

/** Organizations themselves, and the table of permissions. */
export function ownRoutes(options: OrganizationOptions): Route[] {
  return [permissionsRoute(), createRoute(options), ...memberRoutes(options)];
}

function permissionsRoute(): Route {
  return route({
    method: 'GET',
    path: '/control/v1/permissions',
    summary: 'List what members of an organization can be permitted',
    access: 'account',
    responses: { 200: z.object({ data: z.array(permissionSchema) }) },
    async handle() {
      const data = (Object.keys(organizationPermissions) as Permission[]).map((name) => ({
        name,
        text: organizationPermissions[name],
        ownable: ownablePermissions.some((each) => each === name),
        roles: Object.entries(builtInRoles)
          .filter(([, permissions]) => permissions.some((each) => each === name || each === `${name}:own`))
          .map(([role]) => role),
      }));
      return { status: 200, body: { data } };
    },
  });
}

function createRoute({ pool, clock }: OrganizationOptions): Route {
  // What is deleted again counts as well: each leaves a row behind.
  const throttle = new Throttle(clock, 20, dayMs);
  return route({
    method: 'POST',
    path: '/control/v1/organizations',
    summary: 'Make a shared organization, which you own',
    access: 'account',
    body: z.object({ name: nameText() }),
    responses: { 201: organizationSchema },
    problems: only('limit_reached', 'organization_throttled'),
    async handle({ person, actor }, { body }) {
      const waitSeconds = throttle.count(person.accountId);
      if (waitSeconds > 0) {
        const text = 'That is enough new organizations for a day.';
        throw new ThrottledError('organization_throttled', text, waitSeconds);
      }
      const made = await makeOrganization(pool, body.name, { accountId: person.accountId, actor });
      const permissions = Object.keys(organizationPermissions);
      return { status: 201, body: { ...organizationBody(made), roles: ['owner'], permissions } };
    },
  });
}

function memberRoutes({ pool, keys, onKeysChanged }: OrganizationOptions): Route[] {
  const path = '/control/v1/organizations/{organization}';
  const shown = async (context: OrganizationContext) => {
    const view = await showOrganization(pool, context.organizationId, sightOf(context));
    const standing = await readStanding(pool, view.id, context.person.accountId);
    return { ...organizationBody(view), roles: [...(standing?.roles ?? [])], permissions: [...context.reach.keys()] };
  };
  return [
    route({
      method: 'GET',
      path,
      summary: 'Show an organization',
      access: 'organization:organization.read',
      params: organizationParams,
      responses: { 200: organizationSchema },
      handle: async (context) => ({ status: 200, body: await shown(context) }),
    }),
    route({
      method: 'PATCH',
      path,
      summary: 'Rename an organization',
      access: 'organization:organization.write',
      params: organizationParams,
      body: z.object({ name: nameText() }),
      responses: { 200: organizationSchema },
      async handle(context, { body }) {
        await renameOrganization(pool, doerOf(context), body.name);
        return { status: 200, body: await shown(context) };
      },
    }),
    route({
      method: 'DELETE',
      path,
      summary: 'Delete an organization with its keys, which is final',
      access: 'organization:organization.write',
      params: organizationParams,
      body: z.object({ name: z.string().max(200).describe('The name of the organization, typed.') }),
      responses: { 204: null },
      problems: only('owner_needed', 'organization_personal', 'organization_permanent', 'organization_name_differs'),
      async handle(context, { body }) {
        const keyIds = await deleteOrganization({ pool, keys }, doerOf(context), body.name);
        onKeysChanged?.(keyIds);
        return { status: 204, body: null };
      },
    }),
  ];
}

function organizationBody({ createdAtMs, ...view }: OrganizationView) {
  return { ...view, created_at: timeText(createdAtMs) };
}
