import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import { readMark } from './marks.ts';
import type { LockedKey } from './write.ts';

/** A mail to the owner of a key that somebody else put out of use. */
export interface KeyDisabledMail {
  readonly kind: 'key-disabled';
  readonly to: string;
  readonly locale: 'en' | 'zh';
  readonly accountId: string;
  readonly facts: {
    readonly name: string;
    readonly organization: string;
    readonly key: string;
    readonly prefix: string;
    readonly by: string;
    readonly reason: string;
    readonly link: string;
  };
}

/** A mail to the owner of a key that became known to others. */
export interface KeyReportedMail {
  readonly kind: 'key-reported';
  readonly to: string;
  readonly locale: 'en' | 'zh';
  readonly accountId: string;
  readonly dedupeKey: string;
  readonly facts: {
    readonly name: string;
    readonly organization: string;
    readonly key: string;
    readonly prefix: string;
    readonly seen: 'mail' | 'form' | 'partner';
    readonly done: 'disabled' | 'later' | 'nothing';
    readonly disableAtMs: number | null;
    readonly link: string;
  };
}

export type KeyMail = KeyDisabledMail | KeyReportedMail;

/** How owners are told, within the transaction of what they are told of. */
export interface Telling {
  readonly queueMail: (client: pg.PoolClient, mail: KeyMail) => Promise<unknown>;
  readonly notify: (
    client: pg.PoolClient,
    accountId: string,
    kind: 'key-disabled' | 'key-enabled' | 'key-reported',
    facts: Readonly<Record<string, string | number>>,
    organizationId: string,
  ) => Promise<unknown>;
  /** Of the site, without a slash at the end. */
  readonly url: () => string;
}

interface OwnerRow {
  readonly name: string;
  readonly email: string;
  readonly locale: 'en' | 'zh';
  readonly state: 'active' | 'disabled';
  readonly organization: string;
}

/** What customers read where staff acted. */
export const staffName = { en: 'Support', zh: '客服' } as const;

/** Tells the owner of a key what somebody else did with it. A key of no person, and one's own doing, is told to nobody. */
export async function tellOwner(
  client: pg.PoolClient,
  telling: Telling | undefined,
  event: {
    readonly key: LockedKey;
    readonly what: 'disabled' | 'enabled';
    readonly mark: string;
    readonly reason: string;
  },
  actor: Actor,
): Promise<void> {
  const { key, what, mark, reason } = event;
  const accountId = key.account_id;
  if (telling === undefined || accountId === null || accountId === actor.accountId) return;
  const owner = await readOwner(client, accountId, key.organization_id);
  if (owner === undefined) return;
  const by = readMark(mark)?.by === 'member' ? actor.name : staffName[owner.locale];
  const { organization } = owner;
  const facts = { organization, key: key.name, prefix: key.prefix, by };
  if (what === 'enabled') {
    await telling.notify(client, accountId, 'key-enabled', facts, key.organization_id);
    return;
  }
  await telling.notify(client, accountId, 'key-disabled', { ...facts, reason }, key.organization_id);
  if (owner.state === 'disabled') return;
  const { name, email, locale } = owner;
  const link = `${telling.url()}/console/keys/${key.id}`;
  const mail = { kind: 'key-disabled', to: email, locale, accountId } as const;
  await telling.queueMail(client, { ...mail, facts: { ...facts, name, reason, link } });
}

async function readOwner(
  client: pg.PoolClient,
  accountId: string,
  organizationId: string,
): Promise<OwnerRow | undefined> {
  const { rows } = await client.query<OwnerRow>(
    `select a.name, a.email, a.locale, a.state, o.name as organization
     from accounts a join organizations o on o.id = $2 where a.id = $1`,
    [accountId, organizationId],
  );
  return rows[0];
}
