import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import type { Person } from '../http/index.ts';
import { auditAccount } from './account-audit.ts';
import { within } from './auth-adapter.ts';
import { confirm } from './confirm.ts';
import type { Core } from './core.ts';
import type { CallFrom } from './options.ts';
import { codeOf, spendCode } from './second-factor.ts';
import { tellOwner } from './security-mail.ts';
import { findAtDoor } from './sign-in.ts';

type Self = CallFrom & { readonly person: Person };

export const twoFactorProblems = {
  two_factor_on: 409,
  two_factor_off: 409,
  two_factor_code_wrong: 401,
  sign_in_throttled: 429,
} as const;

export interface Enrolment {
  /** `otpauth://totp/…`, for a QR code. */
  readonly uri: string;
  /** The same secret in base32, for typing. */
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/**
 * Makes a secret and recovery codes, shown this once. They count when a first code was confirmed.
 *
 * @throws AppError `two_factor_on`; what `confirm` throws
 */
export async function enrol(core: Core, from: Self, password: string | undefined): Promise<Enrolment> {
  const provenHash = await confirm(core, from, password, { always: true });
  const body = { method: 'totp' as const, ...(password === undefined ? {} : { password }) };
  const headers = core.headers(from, ['session_token']);
  const made = await inTransaction(core.pool, (client) =>
    within({ client, provenHash }, () => core.auth().api.enableTwoFactor({ body, headers })),
  ).catch((error: unknown) => {
    if (codeOf(error) === 'TOTP_ALREADY_ENABLED') throw alreadyOn();
    throw error;
  });
  if (!('totpURI' in made) || !made.totpURI) throw new Error('The sign-in library gave no TOTP URI.');
  const secret = new URL(made.totpURI).searchParams.get('secret') ?? '';
  return { uri: made.totpURI, secret, recoveryCodes: made.backupCodes ?? [] };
}

/** @throws AppError `two_factor_code_wrong`, `two_factor_on`; ThrottledError `sign_in_throttled` */
export async function confirmEnrolment(core: Core, from: Self, code: string): Promise<void> {
  const { accountId } = from.person;
  const { ipAddress } = from.actor;
  const attempt = core.limits.begin({ account: `code:${accountId}`, ipAddress, knownDevice: null, recorded: null });
  await inTransaction(core.pool, async (client) => {
    if (!(await spendCode(core, client, accountId, code))) {
      throw new AppError('two_factor_code_wrong', 'This is not the present code of the new entry in your app.');
    }
    const { rowCount } = await client.query(
      'update two_factors set verified = true where account_id = $1 and verified is not true',
      [accountId],
    );
    if (rowCount !== 1) throw alreadyOn();
    await settle(core, client, from, true);
  });
  attempt.passed();
}

/** @throws AppError `two_factor_off`; what `confirm` throws */
export async function disable(core: Core, from: Self, password: string | undefined): Promise<void> {
  await confirm(core, from, password, { always: true });
  await inTransaction(core.pool, async (client) => {
    const { rows } = await client.query<{ verified: boolean | null }>(
      'delete from two_factors where account_id = $1 returning verified',
      [from.person.accountId],
    );
    if (!rows[0]?.verified) throw alreadyOff();
    // Browsers that were trusted to need no code name the account as their value.
    await client.query('delete from verifications where value = $1', [from.person.accountId]);
    await settle(core, client, from, false);
  });
}

/**
 * New recovery codes, shown this once; those of before open nothing any more.
 *
 * @throws AppError `two_factor_off`; what `confirm` throws
 */
export async function renewRecoveryCodes(core: Core, from: Self, password: string | undefined): Promise<string[]> {
  const provenHash = await confirm(core, from, password, { always: true });
  const body = password === undefined ? {} : { password };
  return inTransaction(core.pool, async (client) => {
    const account = await findAtDoor(client, { id: from.person.accountId }, null);
    const headers = core.headers(from, ['session_token']);
    const { backupCodes } = await within({ client, provenHash }, () =>
      core.auth().api.generateBackupCodes({ body, headers }),
    ).catch((error: unknown) => {
      if (codeOf(error) === 'TWO_FACTOR_NOT_ENABLED') throw alreadyOff();
      throw error;
    });
    if (account !== null) {
      await auditAccount(client, from.actor, 'account.recovery_codes_renewed', account);
      await tellOwner(core, client, account, 'two-factor-changed', from.actor, { enabled: true });
    }
    return backupCodes;
  });
}

async function settle(core: Core, client: Parameters<typeof tellOwner>[1], from: Self, enabled: boolean) {
  const { accountId } = from.person;
  await client.query('update accounts set two_factor_enabled = $2, updated_at = now() where id = $1', [
    accountId,
    enabled,
  ]);
  const account = await findAtDoor(client, { id: accountId }, null);
  if (account === null) return;
  const states = { before: { two_factor: !enabled }, after: { two_factor: enabled } };
  await auditAccount(client, from.actor, 'account.two_factor_changed', account, states);
  await tellOwner(core, client, account, 'two-factor-changed', from.actor, { enabled });
}

function alreadyOn(): AppError {
  return new AppError('two_factor_on', 'Two-factor sign-in is on already; turn it off first to set up another device.');
}

function alreadyOff(): AppError {
  return new AppError('two_factor_off', 'Two-factor sign-in is not on.');
}
