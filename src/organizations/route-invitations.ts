import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { type OrganizationContext, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import { isMailAddress } from '../mail/index.ts';
import { type InvitationView, invitationStates, listInvitations } from './invitation-list.ts';
import { invite, resendInvitation, revokeInvitation } from './invitations.ts';
import type { OrganizationOptions } from './parts.ts';
import { only } from './problems.ts';
import { doerOf } from './scene.ts';
import { idText, named, organizationParams, rolesText, time, timeCursorOf, timePlaceOf, timeText } from './shapes.ts';

const addressesMax = 50;

const invitationSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    roles: z.array(z.string()),
    teams: z.array(named),
    state: z.enum(invitationStates),
    invited_by: z
      .object({ account_id: z.string(), name: z.string(), email: z.string() })
      .nullable()
      .describe('Null: the account is gone, and the invitation worth nothing until it is sent again.'),
    expires_at: time,
    sent_at: time,
    sends: z.int(),
    created_at: time,
  })
  .meta({ id: 'Invitation' });

const emailText = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .refine(isMailAddress, 'must be one mail address, such as ada@example.com');

const path = '/control/v1/organizations/{organization}/invitations';
const params = organizationParams.extend({ invitation: idText });
const giftProblems = ['organization_personal', 'role_not_found', 'role_above_you', 'owner_needed'] as const;

/** Invitations as the organization sees them. */
export function invitationRoutes(options: OrganizationOptions): Route[] {
  return [listRoute(options), inviteRoute(options), resendRoute(options), revokeRoute(options)];
}

function listRoute({ pool, clock }: OrganizationOptions): Route {
  return route({
    method: 'GET',
    path,
    summary: 'List invitations, newest first',
    access: 'organization:members.write',
    params: organizationParams,
    query: z.object({
      ...pageQuery,
      state: z.enum(invitationStates).optional().describe('Absent: open and expired ones.'),
      role: idText.optional().describe('Those that offer it.'),
    }),
    responses: { 200: pageOf(invitationSchema) },
    async handle({ organizationId }, { query }) {
      const { state, role, limit } = query;
      const filter = { state, role, limit, after: timePlaceOf(query.cursor) };
      const { invitations, next } = await listInvitations(pool, organizationId, filter, clock.now());
      return { status: 200, body: { data: invitations.map(invitationBody), next_cursor: timeCursorOf(next) } };
    },
  });
}

function inviteRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path,
    summary: 'Invite one or several addresses',
    access: 'organization:members.write',
    params: organizationParams,
    body: z.object({
      emails: z.array(emailText).min(1).max(addressesMax),
      roles: rolesText,
      teams: z.array(idText).max(20).default([]),
      locale: z.enum(['en', 'zh']).optional().describe('For addresses without an account. Absent: yours.'),
    }),
    responses: {
      201: z.object({
        data: z.array(
          z.object({
            email: z.string(),
            outcome: z.enum(['invited', 'already_member', 'already_invited']),
            invitation: z.string().nullable().describe('Its id; null for members.'),
          }),
        ),
      }),
    },
    problems: only(...giftProblems, 'team_not_found', 'limit_reached', 'invitation_throttled'),
    async handle(context, { body }) {
      const outcomes = await invite(options, doerOf(context), {
        emails: [...new Set(body.emails)],
        roles: body.roles,
        teamIds: body.teams,
        locale: body.locale ?? null,
      });
      const data = outcomes.map(({ invitationId: invitation, ...rest }) => ({ ...rest, invitation }));
      return { status: 201, body: { data } };
    },
  });
}

function resendRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path: `${path}/{invitation}/resend`,
    summary: 'Send an invitation again; the link of the mail before is worth nothing then',
    access: 'organization:members.write',
    params,
    responses: { 200: invitationSchema },
    problems: only(...giftProblems, 'invitation_not_found', 'invitation_used', 'invitation_throttled'),
    async handle(context, { params: { invitation } }) {
      await resendInvitation(options, doerOf(context), invitation);
      return { status: 200, body: await shown(options, context, invitation) };
    },
  });
}

function revokeRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path: `${path}/{invitation}/revoke`,
    summary: 'Withdraw an invitation',
    access: 'organization:members.write',
    params,
    responses: { 200: invitationSchema },
    problems: only('invitation_not_found', 'invitation_used'),
    async handle(context, { params: { invitation } }) {
      await revokeInvitation(options, doerOf(context), invitation);
      return { status: 200, body: await shown(options, context, invitation) };
    },
  });
}

async function shown({ pool, clock }: OrganizationOptions, { organizationId }: OrganizationContext, id: string) {
  const { invitations } = await listInvitations(pool, organizationId, { id, limit: 1 }, clock.now());
  if (invitations[0] === undefined) throw new AppError('invitation_not_found', 'There is no such invitation.');
  return invitationBody(invitations[0]);
}

function invitationBody(view: InvitationView): z.input<typeof invitationSchema> {
  const { invitedBy } = view;
  return {
    id: view.id,
    email: view.email,
    roles: [...view.roles],
    teams: view.teams.map((team) => ({ ...team })),
    state: view.state,
    invited_by: invitedBy && { account_id: invitedBy.accountId, name: invitedBy.name, email: invitedBy.email },
    expires_at: timeText(view.expiresAtMs),
    sent_at: timeText(view.sentAtMs),
    sends: view.sends,
    created_at: timeText(view.createdAtMs),
  };
}
