import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import type { Person } from '../http/index.ts';
import { auditAccount } from './account-audit.ts';
import type { Auth } from './auth.ts';
import { within } from './auth-adapter.ts';
import { confirm } from './confirm.ts';
import type { Core } from './core.ts';
import type { CallFrom } from './options.ts';
import { codeOf } from './second-factor.ts';
import { tellOwner } from './security-mail.ts';
import { findAtDoor } from './sign-in.ts';
import { settleSignIn } from './sign-in-open.ts';

type Self = CallFrom & { readonly person: Person };
/** What browsers exchange with authenticators, in the JSON form of WebAuthn level 3. */
export type WebAuthnJson = Record<string, unknown>;
type AssertionJson = NonNullable<Parameters<Auth['api']['verifyPasskeyAuthentication']>[0]>['body']['response'];
type Started = { readonly options: WebAuthnJson; readonly cookies: string[] };

export const passkeysMax = 20;
export const passkeyProblems = { passkey_failed: 401, passkey_not_found: 404, passkeys_full: 409 } as const;

export interface PasskeyRow {
  readonly id: string;
  readonly name: string | null;
  readonly created_at: Date | null;
  readonly backed_up: boolean;
}

/** The challenge of a sign-in: for whichever passkey the person chooses, so it tells nothing about accounts. */
export async function startPasskeySignIn(core: Core, from: CallFrom): Promise<Started> {
  const headers = core.headers(from, []);
  const call = { headers, returnHeaders: true } as const;
  const { response, headers: answer } = await core.auth().api.generatePasskeyAuthenticationOptions(call);
  return { options: { ...response, userVerification: 'required' }, cookies: answer.getSetCookie() };
}

/**
 * Signs in with a passkey, which stands for password and second factor, and is not slowed down by who guesses passwords.
 *
 * @returns lines for `Set-Cookie`
 * @throws AppError `passkey_failed`, for every reason
 */
export async function signInPasskey(
  core: Core,
  from: CallFrom,
  answer: WebAuthnJson,
  remember: boolean,
): Promise<string[]> {
  // A challenge that was used stays used, whatever comes of it: the refusal is a value until the transaction ends.
  const result = await inTransaction(core.pool, async (client) => {
    // Its form was checked by the route; what it proves, the library checks.
    const body = { response: answer as unknown as AssertionJson };
    try {
      const { response, headers } = await within({ client, actor: from.actor }, () =>
        core.auth().api.verifyPasskeyAuthentication({
          body,
          headers: core.headers(from, ['passkey']),
          returnHeaders: true,
        }),
      );
      const account = await findAtDoor(client, { id: response.user.id }, null);
      if (account === null) return failed();
      const { token } = response.session;
      const more = await settleSignIn(core, client, from, { account, token, method: 'passkey', remember });
      return [...headers.getSetCookie(), ...more];
    } catch (error) {
      if (codeOf(error) === null) throw error;
      return failed();
    }
  });
  if (result instanceof AppError) throw result;
  return result;
}

function failed(): AppError {
  return new AppError('passkey_failed', 'This passkey opens no account here, or the try took too long. Try again.');
}

export async function listPasskeys(core: Core, person: Person): Promise<PasskeyRow[]> {
  const { rows } = await core.pool.query<PasskeyRow>(
    'select id, name, created_at, backed_up from passkeys where account_id = $1 order by created_at, id',
    [person.accountId],
  );
  return rows;
}

/** The challenge that a new passkey is made with. @throws AppError `passkeys_full`; what `confirm` throws */
export async function startPasskey(core: Core, from: Self, password: string | undefined): Promise<Started> {
  await confirm(core, from, password, { always: false });
  if ((await listPasskeys(core, from.person)).length >= passkeysMax) {
    throw new AppError('passkeys_full', `An account has ${passkeysMax} passkeys at most; delete one first.`);
  }
  const call = { headers: core.headers(from, ['session_token']), returnHeaders: true } as const;
  const { response, headers } = await core.auth().api.generatePasskeyRegistrationOptions(call);
  return { options: { ...response }, cookies: headers.getSetCookie() };
}

/** @throws AppError `passkey_failed` */
export async function addPasskey(core: Core, from: Self, name: string, answer: WebAuthnJson): Promise<PasskeyRow> {
  const added = await inTransaction(core.pool, async (client) => {
    const headers = core.headers(from, ['session_token', 'passkey']);
    const call = { body: { response: answer, name }, headers };
    try {
      const { id } = await within({ client, actor: from.actor }, () => core.auth().api.verifyPasskeyRegistration(call));
      await settle(core, client, from, { id, name, added: true });
      return id;
    } catch (error) {
      if (codeOf(error) === null) throw error;
      return null;
    }
  });
  const made = (await listPasskeys(core, from.person)).find(({ id }) => id === added);
  if (!made) throw new AppError('passkey_failed', 'The passkey was not accepted, or it took too long. Try again.');
  return made;
}

/** @throws AppError `passkey_not_found` */
export async function renamePasskey(core: Core, { person, actor }: Self, id: string, name: string): Promise<void> {
  await inTransaction(core.pool, async (client) => {
    const { rowCount } = await client.query('update passkeys set name = $3 where id = $1 and account_id = $2', [
      id,
      person.accountId,
      name,
    ]);
    if (rowCount !== 1) throw notFound();
    const account = { id: person.accountId, email: person.email };
    await auditAccount(client, actor, 'account.passkey_renamed', account, { after: { passkey: name } });
  });
}

/** @throws AppError `passkey_not_found` */
export async function deletePasskey(core: Core, from: Self, id: string): Promise<void> {
  await inTransaction(core.pool, async (client) => {
    const { rows } = await client.query<{ name: string | null }>(
      'delete from passkeys where id = $1 and account_id = $2 returning name',
      [id, from.person.accountId],
    );
    if (rows[0] === undefined) throw notFound();
    await settle(core, client, from, { id, name: rows[0].name ?? '', added: false });
  });
}

async function settle(
  core: Core,
  client: Parameters<typeof tellOwner>[1],
  from: Self,
  { id, name, added }: { id: string; name: string; added: boolean },
): Promise<void> {
  const account = await findAtDoor(client, { id: from.person.accountId }, null);
  if (account === null) return;
  const state = { passkey: name, passkey_id: id };
  const action = added ? 'account.passkey_added' : 'account.passkey_deleted';
  await auditAccount(client, from.actor, action, account, added ? { after: state } : { before: state });
  await tellOwner(core, client, account, 'passkey-changed', from.actor, { added, passkey: name });
}

function notFound(): AppError {
  return new AppError('passkey_not_found', 'You have no such passkey.');
}
