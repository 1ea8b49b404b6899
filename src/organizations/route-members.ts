import { z } from 'zod';
import { formatUsd } from '../base/money.ts';
import { type OrganizationContext, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import { listMembers, type MemberView } from './members.ts';
import type { OrganizationOptions } from './parts.ts';
import { only } from './problems.ts';
import { memberNotFound } from './scene.ts';
import {
  cursorOf,
  idText,
  mayCount,
  money,
  named,
  organizationParams,
  placeOf,
  searchText,
  sightOf,
  time,
  timeText,
} from './shapes.ts';
import { spendByAccount } from './spend.ts';

export const memberSchema = z
  .object({
    account_id: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.array(z.string()),
    state: z.enum(['active', 'disabled']),
    teams: z.array(named),
    grants: z.int().describe('On teams and projects.'),
    two_factor: z.boolean().nullable().describe('Null: not yours to see.'),
    joined_at: time,
    last_active_at: time.nullable().describe('In this organization.'),
    keys: z.int().nullable().describe('That are not deleted. Null: not yours to see.'),
    spend_30d_usd: money.nullable().describe('Of the keys held today. Null: not yours to see.'),
  })
  .meta({ id: 'Member' });

export const membersPath = '/control/v1/organizations/{organization}/members';
export const memberParams = organizationParams.extend({ account: idText });

/** Members as others see them. */
export function memberListRoutes(options: OrganizationOptions): Route[] {
  const { pool } = options;
  return [
    route({
      method: 'GET',
      path: membersPath,
      summary: 'List members by name',
      access: 'organization:organization.read',
      params: organizationParams,
      query: z.object({
        ...pageQuery,
        search: searchText,
        role: idText.optional(),
        team: idText.optional(),
        state: z.enum(['active', 'disabled']).optional(),
      }),
      responses: { 200: pageOf(memberSchema) },
      async handle(context, { query }) {
        const { all, accountId } = sightOf(context);
        const { search, role, team: teamId, state, limit } = query;
        const filter = { search, role, teamId, state, limit, after: placeOf(query.cursor) };
        const page = await listMembers(pool, context.organizationId, all ? filter : { ...filter, accountId });
        return {
          status: 200,
          body: { data: await memberBodies(options, context, page.members), next_cursor: cursorOf(page.next) },
        };
      },
    }),
    route({
      method: 'GET',
      path: `${membersPath}/{account}`,
      summary: 'Show a member',
      access: 'organization:organization.read',
      params: memberParams,
      responses: { 200: memberSchema },
      problems: only('member_not_found'),
      async handle(context, { params }) {
        const { all, accountId } = sightOf(context);
        if (!all && params.account !== accountId) throw memberNotFound();
        return { status: 200, body: await shownMember(options, context, params.account) };
      },
    }),
  ];
}

/** @throws AppError `member_not_found` */
export async function shownMember(options: OrganizationOptions, context: OrganizationContext, accountId: string) {
  const { members } = await listMembers(options.pool, context.organizationId, { accountId, limit: 1 });
  const [body] = await memberBodies(options, context, members);
  if (body === undefined) throw memberNotFound();
  return body;
}

async function memberBodies(
  { pool, clock }: OrganizationOptions,
  context: OrganizationContext,
  members: readonly MemberView[],
) {
  const counted = members
    .map(({ accountId }) => accountId)
    .filter((accountId) => mayCount(context, 'usage.read', { accountId }));
  const spend = await spendByAccount(pool, context.organizationId, counted, clock.now());
  return members.map((member) => memberBody(context, member, spend));
}

function memberBody(
  context: OrganizationContext,
  member: MemberView,
  spend: ReadonlyMap<string, bigint>,
): z.input<typeof memberSchema> {
  const { accountId, name, email, state } = member;
  const managed = context.reach.has('members.write') || accountId === context.person.accountId;
  return {
    account_id: accountId,
    name,
    email,
    roles: [...member.roles],
    state,
    teams: member.teams.map((team) => ({ ...team })),
    grants: member.grants,
    two_factor: managed ? member.twoFactor : null,
    joined_at: timeText(member.joinedAtMs),
    last_active_at: timeText(member.lastActiveAtMs),
    keys: mayCount(context, 'keys.read', { accountId }) ? member.keys : null,
    spend_30d_usd: mayCount(context, 'usage.read', { accountId }) ? formatUsd(spend.get(accountId) ?? 0n) : null,
  };
}
