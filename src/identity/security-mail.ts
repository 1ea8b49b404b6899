import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import type { MailFacts, SecurityFacts } from '../mail/index.ts';
import type { Core } from './core.ts';
import { deviceWords } from './user-agent.ts';

/** Whom mail about an account goes to. */
export interface Recipient {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: 'en' | 'zh';
}

type SecurityKind = {
  [Kind in keyof MailFacts]: MailFacts[Kind] extends SecurityFacts ? Kind : never;
}[keyof MailFacts];

/**
 * Tells a person what happened to their account, by mail and in the console, in the transaction of what happened.
 * `facts`: what the kind has beyond `SecurityFacts`. `to`: the address, when it is not the account's present one.
 */
export async function tellOwner<Kind extends SecurityKind>(
  core: Core,
  client: pg.ClientBase,
  account: Recipient,
  kind: Kind,
  actor: Actor,
  facts: Omit<MailFacts[Kind], keyof SecurityFacts>,
  to = account.email,
): Promise<void> {
  const { queueMail, notify } = core.options;
  const security: SecurityFacts = {
    name: account.name,
    atMs: core.clock.now(),
    ipAddress: actor.ipAddress,
    device: deviceWords(actor.userAgent),
    link: core.link('/console/account/security'),
  };
  const all = { ...security, ...facts } as MailFacts[Kind];
  await queueMail(client, { kind, to, locale: account.locale, facts: all, accountId: account.id });
  await notify(client, account.id, kind, { device: security.device, ipAddress: security.ipAddress, ...facts });
}
