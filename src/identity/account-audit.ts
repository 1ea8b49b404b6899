import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';

type States = { before?: Readonly<Record<string, unknown>>; after?: Readonly<Record<string, unknown>> };

/** An entry about an account, in the site's own log: accounts belong to no organization. */
export function auditAccount(
  client: pg.ClientBase,
  actor: Actor,
  action: `account.${string}`,
  account: { readonly id: string; readonly email: string },
  states: States = {},
): Promise<string> {
  const subject = { kind: 'account', id: account.id, name: account.email };
  return appendAudit(client, actor, { action, organizationId: null, subject, ...states });
}

/** The actor of a call by somebody who has just proved, by a password or a link, which account is theirs. */
export function provenActor(actor: Actor, account: { readonly id: string; readonly email: string }): Actor {
  return { ...actor, kind: 'account', accountId: account.id, name: account.email, actingAs: null, tokenId: null };
}
