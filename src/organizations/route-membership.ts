import { z } from 'zod';
import { InputError, type Route, route } from '../http/index.ts';
import {
  changeRoles,
  disableMember,
  enableMember,
  type KeysFate,
  leaveOrganization,
  removeMember,
} from './membership.ts';
import type { OrganizationOptions } from './parts.ts';
import { only } from './problems.ts';
import { memberParams, memberSchema, membersPath, shownMember } from './route-members.ts';
import { doerOf } from './scene.ts';
import { idText, rolesText } from './shapes.ts';

const memberPath = `${membersPath}/{account}`;
const rankProblems = ['member_not_found', 'organization_personal', 'owner_needed', 'member_above_you'] as const;

const leavingKeys = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('disable') }),
    z.strictObject({
      action: z.literal('hand_over'),
      project: idText.optional().describe('They are booked to it from now on.'),
      account: idText.optional().describe('The member whose they become.'),
    }),
  ])
  .describe('With neither project nor account, handed over to the organization itself.');

/** What is done with memberships. */
export function membershipRoutes(options: OrganizationOptions): Route[] {
  return [rolesRoute(options), disableRoute(options), enableRoute(options), removeRoute(options), leaveRoute(options)];
}

function rolesRoute(options: OrganizationOptions): Route {
  return route({
    method: 'PATCH',
    path: memberPath,
    summary: 'Change a member’s roles',
    access: 'organization:members.write',
    params: memberParams,
    body: z.object({ roles: rolesText }),
    responses: { 200: memberSchema },
    problems: only(...rankProblems, 'role_not_found', 'role_above_you', 'own_roles_upward', 'last_owner'),
    async handle(context, { params, body }) {
      await changeRoles(options, doerOf(context), params.account, body.roles);
      return { status: 200, body: await shownMember(options, context, params.account) };
    },
  });
}

function disableRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path: `${memberPath}/disable`,
    summary: 'Disable a membership: the member may do nothing until it is enabled',
    access: 'organization:members.write',
    params: memberParams,
    body: z.object({ keys: z.enum(['disable', 'keep']).describe('What becomes of the member’s keys.') }),
    responses: { 200: memberSchema },
    problems: only(...rankProblems, 'own_membership', 'last_owner'),
    async handle(context, { params, body }) {
      await disableMember(options, doerOf(context), params.account, { kind: body.keys });
      return { status: 200, body: await shownMember(options, context, params.account) };
    },
  });
}

function enableRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path: `${memberPath}/enable`,
    summary: 'Enable a membership again; keys that were disabled stay so',
    access: 'organization:members.write',
    params: memberParams,
    responses: { 200: memberSchema },
    problems: only(...rankProblems, 'own_membership'),
    async handle(context, { params }) {
      await enableMember(options, doerOf(context), params.account);
      return { status: 200, body: await shownMember(options, context, params.account) };
    },
  });
}

function removeRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path: `${memberPath}/remove`,
    summary: 'Remove a member, and say what becomes of their keys',
    access: 'organization:members.write',
    params: memberParams,
    body: z.object({ keys: leavingKeys }),
    responses: { 200: z.object({ keys: z.int().describe('How many were disabled or handed over.') }) },
    problems: only(
      ...rankProblems,
      'own_membership',
      'last_owner',
      'project_not_found',
      'project_archived',
      'permission_missing',
    ),
    async handle(context, { params, body }) {
      const keys = await removeMember(options, doerOf(context), params.account, fateOf(body.keys));
      return { status: 200, body: { keys } };
    },
  });
}

/** Open to the member alone, also when disabled or without any permission; so it stands beside the organization. */
function leaveRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path: '/control/v1/memberships/{organization}/leave',
    summary: 'Leave an organization; your keys there are disabled',
    access: 'account',
    params: z.object({ organization: idText }),
    responses: { 204: null },
    problems: only('organization_not_found', 'member_not_found', 'organization_personal', 'last_owner'),
    async handle({ person, actor }, { params }) {
      await leaveOrganization(options, {
        organizationId: params.organization,
        accountId: person.accountId,
        actor,
      });
      return { status: 204, body: null };
    },
  });
}

function fateOf(keys: z.output<typeof leavingKeys>): KeysFate & { readonly kind: 'disable' | 'hand_over' } {
  if (keys.action === 'disable') return { kind: 'disable' };
  const { project: projectId = null, account: accountId = null } = keys;
  if (projectId !== null && accountId !== null) {
    throw new InputError([{ field: 'body.keys', message: 'name a project or an account, not both' }]);
  }
  return { kind: 'hand_over', to: { projectId, accountId } };
}
