import { type StaffRole, staffRoles } from '../base/permissions.ts';
import type { Gate, Person } from '../http/index.ts';
import { isAccessToken } from './access-token-form.ts';
import { sessionDays } from './auth.ts';
import { readCookie, signedToken } from './cookies.ts';
import type { Core } from './core.ts';
import { digestText } from './digest.ts';

/** A session in use is prolonged, and known to be in use, once in this time: one write. */
const renewMinutes = 10;
/** When a token was last used is worth one write in this time. */
const tokenUseMinutes = 5;

interface SessionLookUp {
  readonly id: string;
  readonly account_id: string;
  readonly email: string;
  readonly name: string;
  readonly staff_role: StaffRole | null;
  readonly must_change_password: boolean;
  readonly is_due: boolean;
  readonly remember: boolean;
  /** Of the customer whose eyes these are; null when nobody is acted as, or no longer may be. */
  readonly as_id: string | null;
  readonly as_email: string | null;
  readonly as_name: string | null;
}

/** Who somebody is: one look-up for a session or a token, a second statement when it is to be prolonged. */
export function createGate(core: Core): Pick<Gate, 'session' | 'isToken' | 'token'> {
  return {
    session: (cookies) => personOfSession(core, cookies),
    isToken: (text) => isAccessToken(text, core.options.keySite),
    token: (text) => personOfToken(core, text),
  };
}

async function personOfSession(core: Core, cookies: string): Promise<Person | null> {
  const value = readCookie(cookies, 'session_token', core.secure());
  const token = value === null ? null : signedToken(value, core.secret);
  if (token === null) return null;
  const { rows } = await core.pool.query<SessionLookUp>(
    `select s.id, s.remember, a.id as account_id, a.email, a.name, a.staff_role, a.must_change_password,
            s.updated_at < now() - make_interval(mins => $2) as is_due,
            c.id as as_id, c.email as as_email, c.name as as_name
       from sessions s
       join accounts a on a.id = s.account_id
       left join accounts c on c.id = s.acting_as and s.acting_until > now()
         and c.state = 'active' and c.staff_role is null
      where s.token = $1 and s.expires_at > now() and a.state = 'active'`,
    [digestText(token), renewMinutes],
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.is_due) await renew(core, row);
  return personOf(row);
}

async function renew(core: Core, { id, remember }: SessionLookUp): Promise<void> {
  const days = remember ? sessionDays.remembered : sessionDays.otherwise;
  await core.pool.query(
    'update sessions set expires_at = now() + make_interval(days => $2), updated_at = now() where id = $1',
    [id, days],
  );
}

function personOf(row: SessionLookUp): Person {
  const { account_id: accountId, email, name, id: sessionId } = row;
  const own = {
    kind: 'person',
    accountId,
    email,
    name,
    sessionId,
    token: null,
    staff: staffOf(row.staff_role),
    mustChangePassword: row.must_change_password,
    actor: null,
  } as const;
  // Who may no longer act is themself again.
  const mayAct = own.staff?.permissions.has('customers.act') ?? false;
  if (row.as_id === null || !mayAct) return own;
  return {
    ...own,
    accountId: row.as_id,
    email: row.as_email ?? '',
    name: row.as_name ?? '',
    staff: null,
    mustChangePassword: false,
    actor: { accountId, email },
  };
}

export function staffOf(role: StaffRole | null): Person['staff'] {
  return role === null ? null : { role, permissions: new Set(staffRoles[role]) };
}

interface TokenLookUp {
  readonly id: string;
  readonly permissions: string[];
  readonly organization_id: string | null;
  readonly account_id: string;
  readonly email: string;
  readonly name: string;
  readonly staff_role: StaffRole | null;
  readonly must_change_password: boolean;
  readonly is_due: boolean;
}

async function personOfToken(core: Core, text: string): Promise<Person | null> {
  const { rows } = await core.pool.query<TokenLookUp>(
    `select t.id, t.permissions, t.organization_id, a.id as account_id, a.email, a.name, a.staff_role,
            a.must_change_password,
            coalesce(t.last_used_at, '-infinity') < now() - make_interval(mins => $2) as is_due
       from access_tokens t join accounts a on a.id = t.account_id
      where t.hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
        and a.state = 'active' and a.email_verified`,
    [core.options.hashToken(text), tokenUseMinutes],
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.is_due) await core.pool.query('update access_tokens set last_used_at = now() where id = $1', [row.id]);
  return {
    kind: 'person',
    accountId: row.account_id,
    email: row.email,
    name: row.name,
    sessionId: null,
    token: { id: row.id, permissions: new Set(row.permissions), organizationId: row.organization_id },
    staff: staffOf(row.staff_role),
    mustChangePassword: row.must_change_password,
    actor: null,
  };
}
