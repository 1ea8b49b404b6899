import { z } from 'zod';
import { InputError, type Route, route, Throttle, ThrottledError } from '../http/index.ts';
import {
  acceptInvitation,
  declineInvitation,
  type InvitationOffer,
  type InvitationReference,
  listOffers,
  previewInvitation,
} from './invitation-answers.ts';
import type { OrganizationOptions } from './parts.ts';
import { only } from './problems.ts';
import { idText, time, timeText } from './shapes.ts';

const offerSchema = z
  .object({
    id: z.string(),
    organization: z.object({ id: z.string(), name: z.string() }),
    inviter: z.string().nullable().describe('By name.'),
    email: z.string().describe('Only an account with this address, verified, may accept.'),
    roles: z.array(z.string()).describe('By name.'),
    expires_at: time,
  })
  .meta({ id: 'InvitationOffer' });

const token = z.string().regex(/^[\w-]{43}$/, 'must be the token of the link');
const answerBody = z
  .object({ token: token.optional(), invitation: idText.optional().describe('Its id, from your list.') })
  .describe('One of both.');

const path = '/control/v1/invitations';
const goneProblems = ['invitation_not_found', 'invitation_used', 'invitation_void', 'invitation_expired'] as const;
const answerProblems = [
  ...goneProblems,
  'invitation_for_other',
  'email_not_verified',
  'organization_not_found',
] as const;

/** Invitations as the invited see them. */
export function offerRoutes(options: OrganizationOptions): Route[] {
  return [listRoute(options), previewRoute(options), acceptRoute(options), declineRoute(options)];
}

function listRoute({ pool, clock }: OrganizationOptions): Route {
  return route({
    method: 'GET',
    path,
    summary: 'List invitations that wait for your answer',
    access: 'account',
    responses: { 200: z.object({ data: z.array(offerSchema) }) },
    async handle({ person }) {
      const offers = await listOffers(pool, person.accountId, clock.now());
      return { status: 200, body: { data: offers.map(offerBody) } };
    },
  });
}

function previewRoute({ pool, clock }: OrganizationOptions): Route {
  const throttle = new Throttle(clock, 60, 60_000);
  return route({
    method: 'GET',
    path: `${path}/preview`,
    summary: 'Show the invitation of a link',
    access: 'public',
    query: z.object({ token }),
    responses: { 200: offerSchema },
    problems: only(...goneProblems, 'invitation_throttled'),
    async handle({ actor }, { query }) {
      const waitSeconds = throttle.count(actor.ipAddress ?? '');
      if (waitSeconds > 0)
        throw new ThrottledError('invitation_throttled', 'Too many looks. Wait a little.', waitSeconds);
      return { status: 200, body: offerBody(await previewInvitation(pool, query.token, clock.now())) };
    },
  });
}

function acceptRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path: `${path}/accept`,
    summary: 'Accept an invitation: you are a member from now on',
    access: 'account',
    body: answerBody,
    responses: { 200: offerSchema },
    problems: only(...answerProblems, 'already_member', 'limit_reached', 'organization_personal'),
    async handle({ person, actor }, { body }) {
      const answerer = { accountId: person.accountId, actor };
      return { status: 200, body: offerBody(await acceptInvitation(options, referenceOf(body), answerer)) };
    },
  });
}

function declineRoute(options: OrganizationOptions): Route {
  return route({
    method: 'POST',
    path: `${path}/decline`,
    summary: 'Decline an invitation',
    access: 'account',
    body: answerBody,
    responses: { 200: offerSchema },
    problems: only(...answerProblems),
    async handle({ person, actor }, { body }) {
      const answerer = { accountId: person.accountId, actor };
      return { status: 200, body: offerBody(await declineInvitation(options, referenceOf(body), answerer)) };
    },
  });
}

function referenceOf(body: z.output<typeof answerBody>): InvitationReference {
  if (body.token !== undefined && body.invitation === undefined) return { token: body.token };
  if (body.invitation !== undefined && body.token === undefined) return { id: body.invitation };
  throw new InputError([{ field: 'body', message: 'name a token or an invitation, one of both' }]);
}

function offerBody({ expiresAtMs, ...offer }: InvitationOffer): z.input<typeof offerSchema> {
  return { ...offer, roles: [...offer.roles], expires_at: timeText(expiresAtMs) };
}
