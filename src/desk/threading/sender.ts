import type pg from 'pg';
import type { ReadMail } from '../../mailroom/index.ts';
import type { SupportPlan } from '../store/index.ts';

/** Whose mail it is, as far as that is proven. Of an address that is not proven nothing is looked up. */
export interface Sender {
  /** Null: a stranger. */
  readonly accountId: string | null;
  /** Of their account; null: unknown, the text decides. */
  readonly locale: 'en' | 'zh' | null;
  /** Where they are an active member: the best plan first, shared ones before the personal one. */
  readonly organizations: readonly SenderOrganization[];
}

export interface SenderOrganization {
  readonly id: string;
  readonly plan: SupportPlan;
  /** The address for mail that is this organization's own. */
  readonly address: string | null;
}

export const stranger: Sender = { accountId: null, locale: null, organizations: [] };

/** Looks up the account of a proven address. A member of staff is found like everybody else: mail makes nobody staff. */
export async function findSender(client: pg.ClientBase, mail: Pick<ReadMail, 'sender' | 'from'>): Promise<Sender> {
  if (!mail.sender.verified) return stranger;
  const found = await client.query<{ id: string; locale: 'en' | 'zh' }>(
    `select id, locale from accounts where email = $1 and email_verified and state = 'active'`,
    [mail.from.address],
  );
  const account = found.rows[0];
  if (account === undefined) return stranger;
  return { accountId: account.id, locale: account.locale, organizations: await organizationsOf(client, account.id) };
}

/** The active organizations of an account, in the order in which a ticket is given to one of them. */
export async function organizationsOf(
  client: pg.ClientBase | pg.Pool,
  accountId: string,
): Promise<readonly SenderOrganization[]> {
  const { rows } = await client.query<{ id: string; plan: SupportPlan; address: string | null }>(
    `select o.id, coalesce(p.plan, 'starter') as plan, p.address
       from members m join organizations o on o.id = m.organization_id and o.state = 'active'
       left join support_plans p on p.organization_id = o.id
      where m.account_id = $1 and m.state = 'active'
      order by array_position(array['enterprise', 'pro', 'starter'], coalesce(p.plan, 'starter')),
        o.kind = 'personal', m.joined_at, o.id`,
    [accountId],
  );
  return rows;
}

/** The organization that a mail speaks for: the one whose own address it came to, or the first. */
export function organizationOf({ organizations }: Sender, deliveredTo: readonly string[]): SenderOrganization | null {
  const bare = new Set(deliveredTo.map((address) => address.toLowerCase().replace(/\+[^@]*(?=@)/, '')));
  const own = organizations.find(({ address }) => address !== null && bare.has(address.toLowerCase()));
  return own ?? organizations[0] ?? null;
}
