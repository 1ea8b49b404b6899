import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { decideMembership, decideRoom } from './decide.ts';
import { hashToken } from './invitations.ts';
import { factsFor } from './membership.ts';
import type { OrganizationOptions } from './parts.ts';
import { check, lockOrganization, type Scene } from './scene.ts';
import { readStanding, type Standing } from './standing.ts';

/** What the holder of a token, or of the invited address, is shown. */
export interface InvitationOffer {
  readonly id: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly inviter: string | null;
  readonly email: string;
  /** By name. */
  readonly roles: readonly string[];
  readonly expiresAtMs: number;
}

/** By the token of the mail, or, for an account with the invited address, by id. */
export type InvitationReference = { readonly token: string } | { readonly id: string };

interface Answerer {
  readonly accountId: string;
  readonly actor: Actor;
}

const selectOffers = `
  select i.id, i.organization_id, o.name as organization_name, i.email, i.state, i.expires_at, i.roles, i.team_ids,
    i.invited_by, (select name from accounts where id = i.invited_by) as inviter,
    array(select coalesce(r.name, held) from unnest(i.roles) with ordinality as listed(held, place)
      left join roles r on r.organization_id = i.organization_id and r.id = held order by place) as role_names
  from invitations i join organizations o on o.id = i.organization_id and o.state = 'active'`;

interface OfferRow {
  readonly id: string;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly email: string;
  readonly state: 'open' | 'accepted' | 'declined' | 'revoked';
  readonly expires_at: Date;
  readonly roles: string[];
  readonly team_ids: string[];
  readonly invited_by: string | null;
  readonly inviter: string | null;
  readonly role_names: string[];
}

/** @throws AppError `invitation_not_found`, `invitation_used`, `invitation_void`, `invitation_expired` */
export async function previewInvitation(pool: pg.Pool, token: string, nowMs: number): Promise<InvitationOffer> {
  const row = await find(pool, { token });
  checkOpen(row, nowMs);
  return offerOf(row);
}

/** Those that wait for the answer of an account, by its verified address. */
export async function listOffers(pool: pg.Pool, accountId: string, nowMs: number): Promise<InvitationOffer[]> {
  const { rows } = await pool.query<OfferRow>(
    `${selectOffers} join accounts a on a.email = i.email and a.email_verified and a.id = $1
     where i.state = 'open' and i.expires_at > $2 order by i.created_at desc`,
    [accountId, new Date(nowMs)],
  );
  return rows.map(offerOf);
}

/**
 * Makes the account a member. Of two acceptances at once one passes.
 *
 * @throws AppError `invitation_not_found`, `invitation_used`, `invitation_void`, `invitation_expired`,
 * `invitation_for_other`, `email_not_verified`, `already_member`, `limit_reached`
 */
export async function acceptInvitation(
  options: OrganizationOptions,
  reference: InvitationReference,
  answerer: Answerer,
): Promise<InvitationOffer> {
  return answer(options, reference, answerer, async ({ scene, row, email }) => {
    const { client, organization, actor } = scene;
    const { accountId } = answerer;
    if ((await readStanding(client, organization.id, accountId)) !== null) {
      throw new AppError('already_member', `You are a member of ${organization.name} already.`);
    }
    await requireInviter(scene, row);
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from members where organization_id = $1',
      [organization.id],
    );
    check(decideRoom('organizationMembers', rows[0]?.count ?? 0));
    await client.query('insert into members (organization_id, account_id, roles, joined_at) values ($1, $2, $3, $4)', [
      organization.id,
      accountId,
      row.roles,
      new Date(options.clock.now()),
    ]);
    await client.query(
      `insert into team_members (organization_id, team_id, account_id)
       select organization_id, id, $3 from teams where organization_id = $1 and id = any($2)`,
      [organization.id, row.team_ids, accountId],
    );
    await close(scene, row, 'accepted', accountId);
    await appendAudit(client, actor, {
      action: 'member.joined',
      organizationId: organization.id,
      subject: { kind: 'member', id: accountId, name: email },
      after: { roles: row.roles, team_ids: row.team_ids, invitation: row.id },
    });
    if (row.invited_by !== null) {
      const facts = { organization: organization.name, member: email };
      await options.notify(client, row.invited_by, 'member-joined', facts, organization.id);
    }
  });
}

/** @throws as `acceptInvitation`, but for what concerns becoming a member */
export async function declineInvitation(
  options: OrganizationOptions,
  reference: InvitationReference,
  answerer: Answerer,
): Promise<InvitationOffer> {
  return answer(options, reference, answerer, async ({ scene, row }) => {
    await close(scene, row, 'declined', null);
    await appendAudit(scene.client, scene.actor, {
      action: 'invitation.declined',
      organizationId: scene.organization.id,
      subject: { kind: 'invitation', id: row.id, name: row.email },
      before: { state: 'open' },
      after: { state: 'declined' },
    });
  });
}

type Answered = Omit<Scene, 'doer'>;

async function answer(
  { pool, clock }: OrganizationOptions,
  reference: InvitationReference,
  { accountId, actor }: Answerer,
  work: (found: { readonly scene: Answered; readonly row: OfferRow; readonly email: string }) => Promise<void>,
): Promise<InvitationOffer> {
  return inTransaction(pool, async (client) => {
    const seen = await find(client, reference, accountId);
    const email = await requireAddress(client, accountId, seen);
    const organization = await lockOrganization(client, seen.organization_id);
    // Read again under the lock: the first look may be older than another answer.
    const row = await find(client, reference, accountId);
    checkOpen(row, clock.now());
    await work({ scene: { client, organization, actor }, row, email });
    return offerOf(row);
  });
}

/** By id: only an invitation to the account's own address. */
async function find(
  client: pg.ClientBase | pg.Pool,
  reference: InvitationReference,
  accountId = '',
): Promise<OfferRow> {
  const { rows } =
    'token' in reference
      ? await client.query<OfferRow>(`${selectOffers} where i.token_hash = $1`, [hashToken(reference.token)])
      : await client.query<OfferRow>(
          `${selectOffers} where i.id = $1 and i.email = (select email from accounts where id = $2 and email_verified)`,
          [reference.id, accountId],
        );
  if (rows[0] === undefined) throw invitationNotFound();
  return rows[0];
}

/** Whoever has the token has seen the mail, which may have been passed on. @returns the account's address */
async function requireAddress(client: pg.ClientBase, accountId: string, { email }: OfferRow): Promise<string> {
  const { rows } = await client.query<{ email: string; email_verified: boolean }>(
    'select email, email_verified from accounts where id = $1',
    [accountId],
  );
  const account = rows[0];
  if (account?.email !== email) {
    const text = 'This invitation was sent to another address. Sign in with the account that has it.';
    throw new AppError('invitation_for_other', text);
  }
  if (!account.email_verified) {
    throw new AppError('email_not_verified', 'Verify your mail address first; then the invitation can be answered.');
  }
  return account.email;
}

function checkOpen({ state, expires_at }: OfferRow, nowMs: number): void {
  if (state === 'accepted' || state === 'declined') {
    throw new AppError('invitation_used', `The invitation was ${state} already.`);
  }
  if (state === 'revoked') throw new AppError('invitation_void', 'The invitation was withdrawn. Ask for a new one.');
  if (expires_at.getTime() <= nowMs) {
    throw new AppError('invitation_expired', 'The invitation has expired. Ask for it to be sent again.');
  }
}

/** An invitation is worth what its inviter may still give: nobody comes back by one that they sent before they went. */
async function requireInviter(scene: Answered, { invited_by, roles }: OfferRow): Promise<void> {
  const { client, organization } = scene;
  const inviter = invited_by === null ? null : await readStanding(client, organization.id, invited_by);
  const refusal = inviter === null ? null : await refusalOfInviter(scene, inviter, roles);
  if (inviter !== null && refusal === null) return;
  throw new AppError('invitation_void', 'Whoever invited you may not do so any more. Ask for a new invitation.');
}

async function refusalOfInviter(scene: Answered, inviter: Standing, roles: readonly string[]) {
  if (inviter.state !== 'active' || !inviter.reach.has('members.write')) return 'gone';
  const facts = await factsFor(scene, inviter, null);
  return decideMembership({ kind: 'invite', roles }, facts);
}

async function close(
  { client, organization }: Answered,
  { id }: OfferRow,
  state: 'accepted' | 'declined',
  acceptedBy: string | null,
): Promise<void> {
  await client.query('update invitations set state = $3, accepted_by = $4 where organization_id = $1 and id = $2', [
    organization.id,
    id,
    state,
    acceptedBy,
  ]);
}

function offerOf(row: OfferRow): InvitationOffer {
  return {
    id: row.id,
    organization: { id: row.organization_id, name: row.organization_name },
    inviter: row.inviter,
    email: row.email,
    roles: row.role_names,
    expiresAtMs: row.expires_at.getTime(),
  };
}

function invitationNotFound(): AppError {
  return new AppError(
    'invitation_not_found',
    'There is no such invitation. Open the link of the newest mail; an earlier one is worth nothing.',
  );
}

/** Whether a token is that of an open invitation to an address: its holder may register on a site that is closed. */
export async function isInvited(pool: pg.Pool, token: string, email: string, nowMs: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from invitations i join organizations o on o.id = i.organization_id and o.state = 'active'
     where i.token_hash = $1 and i.email = $2 and i.state = 'open' and i.expires_at > $3`,
    [hashToken(token), email.trim().toLowerCase(), new Date(nowMs)],
  );
  return rowCount === 1;
}
