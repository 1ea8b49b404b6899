import { createHash, randomBytes } from 'node:crypto';
import { appendAudit } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { ThrottledError } from '../http/index.ts';
import type { MailLocale } from '../mail/index.ts';
import { decideMembership, decideRoom } from './decide.ts';
import { factsFor } from './membership.ts';
import { newId, type OrganizationOptions } from './parts.ts';
import { check, type Doer, inOrganization, type Scene } from './scene.ts';

export interface InvitationInput {
  /** In lower case, each once. */
  readonly emails: readonly string[];
  readonly roles: readonly string[];
  readonly teamIds: readonly string[];
  /** For addresses without an account. Null: the inviter's. */
  readonly locale: MailLocale | null;
}

export interface InvitationOutcome {
  readonly email: string;
  readonly outcome: 'invited' | 'already_member' | 'already_invited';
  /** Null for members. */
  readonly invitationId: string | null;
}

/** How long an invitation holds. */
const lifetimeMs = 7 * 86_400_000;
const resendPauseMs = 60_000;
const dayMs = 86_400_000;

/** What is kept of a token. It has 256 random bits: a plain hash gives nothing away. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * Invites addresses to one organization, each with the same roles and teams.
 *
 * @throws AppError with what `decideMembership` refuses; `team_not_found`, `limit_reached`, `invitation_throttled`
 */
export async function invite(
  options: OrganizationOptions,
  doer: Doer,
  input: InvitationInput,
): Promise<InvitationOutcome[]> {
  const nowMs = options.clock.now();
  return inOrganization(options.pool, doer, 'members.write', async (scene) => {
    const facts = await factsFor(scene, scene.doer, null);
    check(decideMembership({ kind: 'invite', roles: input.roles }, facts));
    await requireTeams(scene, input.teamIds);
    await endExpired(scene, nowMs);
    const known = await knownAddresses(scene, input.emails);
    const fresh = input.emails.filter((email) => !known.has(email));
    await checkRoom(scene, fresh.length);
    await checkPace(scene, fresh, nowMs);
    const outcomes: InvitationOutcome[] = [];
    for (const email of input.emails) {
      const found = known.get(email);
      outcomes.push(found ?? (await inviteOne(options, scene, { ...input, email }, facts.nameOf)));
    }
    return outcomes;
  });
}

/**
 * Sends a new link, which takes the place of the old one, in the name of whoever sends it now.
 *
 * @throws AppError `invitation_not_found`, `invitation_used`, `invitation_throttled`, what `decideMembership` refuses
 */
export async function resendInvitation(options: OrganizationOptions, doer: Doer, id: string): Promise<void> {
  const nowMs = options.clock.now();
  await inOrganization(options.pool, doer, 'members.write', async (scene) => {
    const invitation = await openInvitation(scene, id);
    const facts = await factsFor(scene, scene.doer, null);
    check(decideMembership({ kind: 'invite', roles: invitation.roles }, facts));
    const waitMs = invitation.sent_at.getTime() + resendPauseMs - nowMs;
    if (waitMs > 0) throw throttled('The invitation was sent a moment ago. Send it again in a minute.', waitMs);
    await checkPace(scene, [invitation.email], nowMs);
    const token = newToken();
    await scene.client.query(
      `update invitations set token_hash = $3, expires_at = $4, sends = sends + 1, sent_at = $5, invited_by = $6
       where organization_id = $1 and id = $2`,
      [
        scene.organization.id,
        id,
        hashToken(token),
        new Date(nowMs + lifetimeMs),
        new Date(nowMs),
        scene.doer.accountId,
      ],
    );
    await auditInvitation(scene, 'invitation.resent', invitation, null);
    const sends = invitation.sends + 1;
    await send(options, scene, { ...invitation, sends }, { token, roles: invitation.roles.map(facts.nameOf), nowMs });
  });
}

/** @throws AppError `invitation_not_found`, `invitation_used` */
export async function revokeInvitation(options: OrganizationOptions, doer: Doer, id: string): Promise<void> {
  await inOrganization(options.pool, doer, 'members.write', async (scene) => {
    const invitation = await openInvitation(scene, id);
    await scene.client.query(`update invitations set state = 'revoked' where organization_id = $1 and id = $2`, [
      scene.organization.id,
      id,
    ]);
    await auditInvitation(scene, 'invitation.revoked', invitation, { state: 'revoked' });
  });
}

interface OpenInvitation {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly locale: MailLocale;
  readonly sends: number;
  readonly sent_at: Date;
}

async function openInvitation({ client, organization }: Scene, id: string): Promise<OpenInvitation> {
  const { rows } = await client.query<OpenInvitation & { readonly state: string }>(
    'select id, email, roles, locale, sends, sent_at, state from invitations where organization_id = $1 and id = $2',
    [organization.id, id],
  );
  const found = rows[0];
  if (found === undefined) throw new AppError('invitation_not_found', 'There is no such invitation.');
  if (found.state !== 'open') {
    throw new AppError('invitation_used', `The invitation is ${found.state} and cannot be changed. Send a new one.`);
  }
  return found;
}

async function inviteOne(
  options: OrganizationOptions,
  scene: Scene,
  input: Omit<InvitationInput, 'emails'> & { readonly email: string },
  nameOf: (role: string) => string,
): Promise<InvitationOutcome> {
  const { client, organization, doer } = scene;
  const nowMs = options.clock.now();
  const { email, roles, teamIds } = input;
  const id = newId('inv');
  const token = newToken();
  const { rows } = await client.query<{ locale: MailLocale }>(
    `insert into invitations (organization_id, id, email, roles, team_ids, token_hash, invited_by, expires_at, sent_at,
       created_at, locale)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, coalesce(
       (select locale from accounts where email = $3), $10, (select locale from accounts where id = $7), 'en'))
     returning locale`,
    [
      organization.id,
      id,
      email,
      [...new Set(roles)],
      [...new Set(teamIds)],
      hashToken(token),
      doer.accountId,
      new Date(nowMs + lifetimeMs),
      new Date(nowMs),
      input.locale,
    ],
  );
  const invitation = { id, email, locale: rows[0]?.locale ?? 'en', sends: 1 };
  await auditInvitation(scene, 'member.invited', invitation, { roles, team_ids: teamIds });
  await send(options, scene, invitation, { token, roles: roles.map(nameOf), nowMs });
  return { email, outcome: 'invited', invitationId: id };
}

async function send(
  { queueMail, notify, url }: OrganizationOptions,
  { client, organization, actor, doer }: Scene,
  { id, email, locale, sends }: Pick<OpenInvitation, 'id' | 'email' | 'locale' | 'sends'>,
  { token, roles, nowMs }: { readonly token: string; readonly roles: readonly string[]; readonly nowMs: number },
): Promise<void> {
  const { rows } = await client.query<{ id: string; inviter: string }>(
    `select (select name from accounts where id = $1) as inviter,
       (select id from accounts where email = $2 and email_verified and state = 'active') as id`,
    [doer.accountId, email],
  );
  const inviter = rows[0]?.inviter ?? actor.name;
  const accountId = rows[0]?.id ?? null;
  await queueMail(client, {
    kind: 'invitation',
    to: email,
    locale,
    accountId,
    dedupeKey: `invitation:${id}:${sends}`,
    facts: {
      organization: organization.name,
      inviter,
      roles,
      link: `${url()}/console/invitation?token=${token}`,
      expiresAtMs: nowMs + lifetimeMs,
    },
  });
  if (accountId === null || sends > 1) return;
  await notify(client, accountId, 'invitation', { organization: organization.name, inviter }, organization.id);
}

/** Members and open invitations among the addresses. */
async function knownAddresses(
  { client, organization }: Scene,
  emails: readonly string[],
): Promise<ReadonlyMap<string, InvitationOutcome>> {
  const { rows } = await client.query<{ email: string; id: string | null }>(
    `select email, id from invitations where organization_id = $1 and email = any($2) and state = 'open'
     union all select a.email, null from members m join accounts a on a.id = m.account_id
       where m.organization_id = $1 and a.email = any($2)`,
    [organization.id, emails],
  );
  return new Map(
    rows.map(({ email, id }) => [
      email,
      { email, outcome: id === null ? ('already_member' as const) : ('already_invited' as const), invitationId: id },
    ]),
  );
}

/** What has expired takes no place, and lets the address be invited anew. */
async function endExpired({ client, organization }: Scene, nowMs: number): Promise<void> {
  await client.query(
    `update invitations set state = 'revoked' where organization_id = $1 and state = 'open' and expires_at <= $2`,
    [organization.id, new Date(nowMs)],
  );
}

async function checkRoom({ client, organization }: Scene, adding: number): Promise<void> {
  const { rows } = await client.query<{ open: number; members: number }>(
    `select (select count(*)::int from invitations where organization_id = $1 and state = 'open') as open,
       (select count(*)::int from members where organization_id = $1) as members`,
    [organization.id],
  );
  const { open = 0, members = 0 } = rows[0] ?? {};
  check(decideRoom('openInvitations', open, adding));
  check(decideRoom('organizationMembers', members, adding));
}

/** Errs to the safe side: all sends of an invitation count on the day of the last one. */
async function checkPace({ client, organization }: Scene, emails: readonly string[], nowMs: number): Promise<void> {
  const { rows } = await client.query<{ email: string; sends: number }>(
    `select email, sum(sends)::int as sends from invitations
     where organization_id = $1 and sent_at > $2 group by email`,
    [organization.id, new Date(nowMs - dayMs)],
  );
  const total = rows.reduce((sum, { sends }) => sum + sends, emails.length);
  if (total > limits.invitationMailsPerDay) {
    const most = limits.invitationMailsPerDay;
    throw throttled(`An organization sends at most ${most} invitations a day. Send the others tomorrow.`, dayMs / 24);
  }
  const pestered = rows.find(({ email, sends }) => emails.includes(email) && sends >= limits.invitationMailsPerAddress);
  if (pestered === undefined) return;
  const text = `${pestered.email} was sent ${limits.invitationMailsPerAddress} invitations today. Try again tomorrow.`;
  throw throttled(text, dayMs / 24);
}

async function requireTeams({ client, organization }: Scene, teamIds: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from teams where organization_id = $1 and id = any($2)',
    [organization.id, teamIds],
  );
  if ((rows[0]?.count ?? 0) === new Set(teamIds).size) return;
  throw new AppError('team_not_found', 'One of the teams is not in this organization.');
}

async function auditInvitation(
  { client, organization, actor }: Scene,
  action: string,
  { id, email }: { readonly id: string; readonly email: string },
  after: Record<string, unknown> | null,
): Promise<void> {
  const subject = { kind: 'invitation', id, name: email };
  await appendAudit(client, actor, { action, organizationId: organization.id, subject, after });
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function throttled(message: string, waitMs: number): ThrottledError {
  return new ThrottledError('invitation_throttled', message, Math.max(1, Math.ceil(waitMs / 1_000)));
}
