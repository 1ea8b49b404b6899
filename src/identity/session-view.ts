import { z } from 'zod';
import type { StaffRole } from '../base/permissions.ts';
import type { Person } from '../http/index.ts';
import type { Core } from './core.ts';
import { staffOf } from './gate.ts';

/** Who is signed in and what they may do: the first thing that the console asks for. */
export const sessionSchema = z
  .object({
    account: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      email_verified: z.boolean(),
      locale: z.enum(['en', 'zh']),
      time_zone: z.string().nullable().describe('IANA name; null: the viewer’s own.'),
      two_factor: z.boolean(),
      has_password: z.boolean().describe('False for who signs in through an identity provider alone.'),
      must_change_password: z.boolean(),
    }),
    staff: z.object({ role: z.string(), permissions: z.array(z.string()) }).nullable(),
    organizations: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.string(),
        permissions: z.array(z.string()),
        roles: z.array(z.string()),
      }),
    ),
    suspended_organizations: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .describe('Of which the account is a member, and nothing can be opened: staff have suspended them.'),
    acting_as: z
      .object({
        account: z.object({ id: z.string(), email: z.string() }),
        by: z.string().describe('Mail address of the member of staff who looks.'),
        since: z.iso.datetime(),
        until: z.iso.datetime(),
      })
      .nullable(),
  })
  .meta({ id: 'Session' });

interface ViewRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly locale: 'en' | 'zh';
  readonly time_zone: string | null;
  readonly two_factor_enabled: boolean;
  readonly must_change_password: boolean;
  readonly staff_role: StaffRole | null;
  readonly has_password: boolean;
  readonly acting_since: Date | null;
  readonly acting_until: Date | null;
}

/** The session of a person, or of the customer whose eyes they use. */
export async function sessionView(core: Core, person: Person): Promise<z.input<typeof sessionSchema>> {
  const [row, organizations, suspended] = await Promise.all([
    readRow(core, person),
    core.options.organizationsOf(person.accountId),
    core.options.suspendedOf(person.accountId),
  ]);
  if (row === undefined) throw new Error(`The account ${person.accountId} went away within a call.`);
  const staff = person.actor === null ? staffOf(row.staff_role) : null;
  const { acting_since: since, acting_until: until } = row;
  return {
    account: {
      id: row.id,
      name: row.name,
      email: row.email,
      email_verified: row.email_verified,
      locale: row.locale,
      time_zone: row.time_zone,
      two_factor: row.two_factor_enabled,
      has_password: row.has_password,
      must_change_password: person.mustChangePassword,
    },
    staff: staff && { role: staff.role, permissions: [...staff.permissions] },
    organizations: organizations.map((each) => ({
      ...each,
      permissions: [...each.permissions],
      roles: [...each.roles],
    })),
    suspended_organizations: suspended.map(({ id, name }) => ({ id, name })),
    acting_as:
      person.actor && since && until
        ? {
            account: { id: row.id, email: row.email },
            by: person.actor.email,
            since: since.toISOString(),
            until: until.toISOString(),
          }
        : null,
  };
}

async function readRow(core: Core, person: Person): Promise<ViewRow | undefined> {
  const { rows } = await core.pool.query<ViewRow>(
    `select a.id, a.name, a.email, a.email_verified, a.locale, a.time_zone, a.two_factor_enabled, a.staff_role,
            a.must_change_password,
            exists (select 1 from credentials c
                     where c.account_id = a.id and c.provider = 'credential' and c.password is not null) as has_password,
            s.acting_since, s.acting_until
       from accounts a left join sessions s on s.id = $2 where a.id = $1`,
    [person.accountId, person.sessionId],
  );
  return rows[0];
}
