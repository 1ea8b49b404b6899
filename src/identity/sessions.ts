import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import type { Person } from '../http/index.ts';
import { auditAccount } from './account-audit.ts';
import type { Core } from './core.ts';
import type { CallFrom } from './options.ts';
import { endSessions } from './passwords.ts';
import { deviceWords } from './user-agent.ts';

export interface SessionRow {
  readonly id: string;
  readonly method: string | null;
  readonly created_at: Date;
  /** To within ten minutes. */
  readonly updated_at: Date;
  readonly expires_at: Date;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
}

type Self = CallFrom & { readonly person: Person };

/** More than a person can have in mind; the newest are shown. */
const shownMax = 200;

export async function listSessions(core: Core, person: Person): Promise<(SessionRow & { device: string | null })[]> {
  const { rows } = await core.pool.query<SessionRow>(
    `select id, method, created_at, updated_at, expires_at, ip_address, user_agent from sessions
      where account_id = $1 and expires_at > now() order by updated_at desc, id limit ${shownMax}`,
    [person.accountId],
  );
  return rows.map((row) => ({ ...row, device: deviceWords(row.user_agent) }));
}

/** @throws AppError `session_not_found` */
export async function revokeSession(core: Core, { person, actor }: Self, sessionId: string): Promise<void> {
  await inTransaction(core.pool, async (client) => {
    const { rowCount } = await client.query('delete from sessions where id = $1 and account_id = $2', [
      sessionId,
      person.accountId,
    ]);
    if (rowCount !== 1) throw new AppError('session_not_found', 'This session has ended already.');
    const account = { id: person.accountId, email: person.email };
    await auditAccount(client, actor, 'account.session_revoked', account, { before: { session: sessionId } });
  });
}

/** Ends all sessions but this one. @returns how many */
export async function revokeOthers(core: Core, { person, actor }: Self): Promise<number> {
  return inTransaction(core.pool, async (client) => {
    const ended = await endSessions(client, person.accountId, person.sessionId);
    const account = { id: person.accountId, email: person.email };
    await auditAccount(client, actor, 'account.sessions_revoked', account, { before: { sessions: ended } });
    return ended;
  });
}

export interface SignInPlace {
  /** Microseconds since the Unix epoch. */
  readonly atUs: number;
  readonly id: string;
}

export interface SignInEntry extends SignInPlace {
  readonly method: string;
  readonly outcome: string;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  readonly new_device: boolean;
  readonly at: Date;
}

/** The history of sign-ins and failed tries, newest first. */
export async function listSignIns(
  core: Core,
  accountId: string,
  { limit, after }: { limit: number; after: SignInPlace | null },
): Promise<{ entries: SignInEntry[]; next: SignInPlace | null }> {
  const { rows } = await core.pool.query<SignInEntry & { at_us: string }>(
    `select id, method, outcome, ip_address, user_agent, new_device, at,
            (extract(epoch from at) * 1000000)::bigint::text as at_us
       from sign_ins where account_id = $1
        and ($2::bigint is null or (at, id) < (timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3))
      order by at desc, id desc limit $4`,
    [accountId, after?.atUs ?? null, after?.id ?? '', limit + 1],
  );
  const entries = rows.slice(0, limit).map((row) => ({ ...row, atUs: Number(row.at_us) }));
  const last = entries.at(-1);
  return { entries, next: rows.length > limit && last ? { atUs: last.atUs, id: last.id } : null };
}
