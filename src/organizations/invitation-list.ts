import type pg from 'pg';
import type { Named } from './members.ts';
import type { TimePlace } from './shapes.ts';

export const invitationStates = ['open', 'expired', 'accepted', 'declined', 'revoked'] as const;
export type InvitationState = (typeof invitationStates)[number];

export interface InvitationView {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly teams: readonly Named[];
  readonly state: InvitationState;
  /** Null: the account is gone. */
  readonly invitedBy: { readonly accountId: string; readonly name: string; readonly email: string } | null;
  readonly expiresAtMs: number;
  readonly sentAtMs: number;
  readonly sends: number;
  readonly createdAtMs: number;
}

export interface InvitationFilter {
  /** Absent: those that wait for an answer, or have waited too long. */
  readonly state?: InvitationState | undefined;
  readonly id?: string | undefined;
  /** That offer it. */
  readonly role?: string | undefined;
  readonly limit: number;
  readonly after?: TimePlace | undefined;
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly roles: string[];
  readonly teams: Named[];
  readonly state: InvitationState;
  readonly inviter: { id: string; name: string; email: string } | null;
  readonly expires_at: Date;
  readonly sent_at: Date;
  readonly sends: number;
  readonly created_at: Date;
  readonly created_us: bigint;
}

/** Newest first. */
export async function listInvitations(
  pool: pg.Pool,
  organizationId: string,
  filter: InvitationFilter,
  nowMs: number,
): Promise<{ readonly invitations: readonly InvitationView[]; readonly next: TimePlace | null }> {
  const values: unknown[] = [organizationId, new Date(nowMs), filter.limit + 1];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['i.organization_id = $1'];
  if (filter.id !== undefined) conditions.push(`i.id = ${place(filter.id)}`);
  else if (filter.state === undefined) conditions.push(`i.state = 'open'`);
  else conditions.push(`(${shownState}) = ${place(filter.state)}`);
  if (filter.role !== undefined) conditions.push(`${place(filter.role)} = any(i.roles)`);
  if (filter.after !== undefined) {
    const { createdAtUs, id } = filter.after;
    const at = `timestamptz 'epoch' + ${place(createdAtUs)}::bigint * interval '1 microsecond'`;
    conditions.push(`(i.created_at, i.id) < (${at}, ${place(id)})`);
  }
  const { rows } = await pool.query<Row>(
    `select i.id, i.email, i.roles, (${shownState}) as state, i.expires_at, i.sent_at, i.sends, i.created_at,
       (extract(epoch from i.created_at) * 1000000)::bigint as created_us,
       (select json_build_object('id', a.id, 'name', a.name, 'email', a.email)
        from accounts a where a.id = i.invited_by) as inviter,
       coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by lower(t.name))
        from teams t where t.organization_id = i.organization_id and t.id = any(i.team_ids)), '[]') as teams
     from invitations i where ${conditions.join(' and ')}
     order by i.created_at desc, i.id desc limit $3`,
    values,
  );
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    invitations: shown.map(viewOf),
    next: rows.length > shown.length && last ? { createdAtUs: Number(last.created_us), id: last.id } : null,
  };
}

const shownState = `case when i.state = 'open' and i.expires_at <= $2 then 'expired' else i.state end`;

function viewOf(row: Row): InvitationView {
  const { inviter } = row;
  return {
    id: row.id,
    email: row.email,
    roles: row.roles,
    teams: row.teams,
    state: row.state,
    invitedBy: inviter && { accountId: inviter.id, name: inviter.name, email: inviter.email },
    expiresAtMs: row.expires_at.getTime(),
    sentAtMs: row.sent_at.getTime(),
    sends: row.sends,
    createdAtMs: row.created_at.getTime(),
  };
}
