import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { InputError } from '../http/index.ts';
import { auditAccount, provenActor } from './account-audit.ts';
import type { Core } from './core.ts';
import { newId } from './digest.ts';
import { evenly } from './evenly.ts';
import { useLink } from './mail-links.ts';
import type { CallFrom } from './options.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { passwordProblem } from './password-rules.ts';
import { openSession } from './session-open.ts';
import { type AtDoor, findAtDoor } from './sign-in.ts';
import { sendVerification } from './verification.ts';

export interface Registration {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly locale: 'en' | 'zh';
  /** Token of an invitation, which opens a closed site to whom it was sent. */
  readonly invitation: string | null;
}

/** Two hashes and an organization take about 100 ms. */
const registerFloorMs = 250;
/** A question, a row and a mail take about 10 ms. */
export const mailFloorMs = 100;

/**
 * Registers, or says by mail that the address is taken: the answer is the same, and as fast.
 *
 * @throws InputError for the password; AppError `registration_closed`
 */
export async function register(core: Core, from: CallFrom, input: Registration): Promise<void> {
  const { email, name, password } = input;
  if (!core.options.registrationOpen() && !(await isInvited(core, input))) {
    throw new AppError('registration_closed', 'This site takes no new accounts by itself; ask its operator for one.');
  }
  const problem = passwordProblem(password, { email, name, siteName: core.options.siteName() });
  if (problem !== null) throw new InputError([{ field: 'body.password', message: problem }]);
  await evenly(registerFloorMs, async () => {
    const hash = await hashPassword(password);
    const taken = await findAtDoor(core.pool, { email }, null);
    const isSame = taken !== null && !taken.verified && (await verifyPassword(taken.passwordHash, password));
    await inTransaction(core.pool, async (client) => {
      const made = taken === null ? await insertAccount(core, client, { ...input, hash, verified: false }) : null;
      if (made !== null) {
        const account = { id: made, name, email, locale: input.locale };
        await auditAccount(client, provenActor(from.actor, account), 'account.registered', account, {
          after: { name },
        });
        await sendVerification(core, client, account);
        return;
      }
      const existing = await findAtDoor(client, { email }, null);
      if (existing !== null) await answerTaken(core, client, existing, isSame);
    });
  });
}

async function isInvited(core: Core, { invitation, email }: Registration): Promise<boolean> {
  return invitation !== null && core.options.isInvited(invitation, email);
}

/**
 * Somebody registers with an address that has an account. While it is unverified, nobody knows whose password counts, and
 * none does: the mailbox decides, and who opens the link sets a new one.
 */
async function answerTaken(core: Core, client: pg.PoolClient, account: AtDoor, isSame: boolean): Promise<void> {
  if (account.verified) {
    await core.options.queueMail(client, {
      kind: 'already-registered',
      to: account.email,
      locale: account.locale,
      accountId: account.id,
      facts: {
        name: account.name,
        signInLink: core.link('/console/sign-in'),
        resetLink: core.link('/console/forgot-password'),
      },
    });
    return;
  }
  if (!isSame) {
    await client.query(`update credentials set password = null where account_id = $1 and provider = 'credential'`, [
      account.id,
    ]);
  }
  await sendVerification(core, client, account);
}

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly locale: 'en' | 'zh';
  readonly hash: string;
  readonly verified: boolean;
}

/** The account with its password and what other modules make for it. Null: the address is taken. */
export async function insertAccount(core: Core, client: pg.PoolClient, account: NewAccount): Promise<string | null> {
  const id = newId('acc');
  const { name, email, locale, hash, verified } = account;
  const { rowCount } = await client.query(
    `insert into accounts (id, name, email, locale, email_verified) values ($1, $2, $3, $4, $5)
       on conflict (email) do nothing`,
    [id, name, email, locale, verified],
  );
  if (rowCount !== 1) return null;
  await putPassword(client, id, hash);
  await core.options.onAccountCreated(client, { id, name, email });
  return id;
}

export async function putPassword(client: pg.ClientBase, accountId: string, hash: string): Promise<void> {
  await client.query(
    `insert into credentials (id, account_id, provider, subject, password) values ($1, $2, 'credential', $2, $3)
       on conflict (provider, subject) do update set password = excluded.password, updated_at = now()`,
    [newId('crd'), accountId, hash],
  );
}

/**
 * Uses the link up that proves an address, and signs in.
 *
 * @returns lines for `Set-Cookie`
 * @throws AppError `link_invalid`
 */
export async function verifyEmail(core: Core, from: CallFrom, token: string): Promise<string[]> {
  return inTransaction(core.pool, async (client) => {
    const claim = await useLink(client, 'verify-email', token);
    const account = claim === null ? null : await findAtDoor(client, { id: claim.accountId }, null);
    if (claim === null || account === null || account.email !== claim.email || account.verified) throw linkInvalid();
    await client.query('update accounts set email_verified = true, updated_at = now() where id = $1', [account.id]);
    await auditAccount(client, provenActor(from.actor, account), 'account.verified', account);
    return openSession(core, client, from, account, 'link', true);
  });
}

export function linkInvalid(): AppError {
  return new AppError('link_invalid', 'This link was used already, is too old or was cut short. Ask for a new one.');
}

/** Sends the link again; says nothing about whether there was anything to verify. */
export async function resendVerification(core: Core, email: string): Promise<void> {
  await evenly(mailFloorMs, async () => {
    const account = await findAtDoor(core.pool, { email }, null);
    if (account === null || account.verified || account.state !== 'active') return;
    await inTransaction(core.pool, (client) => sendVerification(core, client, account));
  });
}
