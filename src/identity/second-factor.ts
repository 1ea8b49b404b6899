import { symmetricDecrypt } from 'better-auth/crypto';
import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { within } from './auth-adapter.ts';
import { readCookie, readDevice, signedToken } from './cookies.ts';
import type { Core } from './core.ts';
import { digestText } from './digest.ts';
import type { CallFrom } from './options.ts';
import { tellOwner } from './security-mail.ts';
import { type AtDoor, findAtDoor, type SignInResult } from './sign-in.ts';
import { recordSignIn, settleSignIn } from './sign-in-open.ts';
import { stepOf } from './totp.ts';

export type Factor =
  | { readonly kind: 'totp'; readonly code: string }
  | { readonly kind: 'recovery_code'; readonly code: string };

type Verified = { readonly token: string; readonly cookies: string[] };

/**
 * The second step of a sign-in. What a wrong code counts stays, so the outcome is a value until the transaction ends.
 *
 * @throws AppError `two_factor_expired`, `two_factor_code_wrong`; ThrottledError `sign_in_throttled`
 */
export async function signInSecondFactor(
  core: Core,
  from: CallFrom,
  factor: Factor,
  trustDevice: boolean,
): Promise<SignInResult> {
  const device = readDevice(from.cookies, core.secure());
  const account = await challenged(core, from, device?.hash ?? null);
  const attempt = core.limits.begin({
    account: `code:${account.id}`,
    ipAddress: from.actor.ipAddress,
    knownDevice: account.known && device !== null ? device.value : null,
    recorded: account.failures,
  });
  const remember = readCookie(from.cookies, 'dont_remember', core.secure()) === null;
  const result = await inTransaction(core.pool, async (client) => {
    const verified = await verifyFactor(core, client, from, account.id, factor, trustDevice);
    if (verified instanceof AppError) {
      await recordSignIn(client, account, from, factor.kind, 'wrong_code');
      return verified;
    }
    const opened = { account, token: verified.token, method: factor.kind, remember };
    const more = await settleSignIn(core, client, from, opened);
    if (factor.kind === 'recovery_code') {
      const left = await recoveryCodesLeft(core, client, account.id);
      await tellOwner(core, client, account, 'recovery-code-used', from.actor, { left });
    }
    return { next: 'done', cookies: [...verified.cookies, ...more] } as const;
  });
  if (result instanceof AppError) throw result;
  attempt.passed();
  return result;
}

/** Whose second step this browser is at, by the cookie that the first one set. */
async function challenged(core: Core, from: CallFrom, deviceHash: Buffer | null): Promise<AtDoor> {
  const value = readCookie(from.cookies, 'two_factor', core.secure());
  const token = value === null ? null : signedToken(value, core.secret);
  const { rows } = await core.pool.query<{ value: string }>(
    'select value from verifications where identifier = $1 and expires_at > now()',
    [token === null ? '' : digestText(token)],
  );
  const account = rows[0] ? await findAtDoor(core.pool, { id: rows[0].value }, deviceHash) : null;
  if (account === null) throw expired();
  return account;
}

function expired(): AppError {
  return new AppError('two_factor_expired', 'This sign-in took too long or had too many wrong codes; start again.');
}

function wrongCode(): AppError {
  return new AppError(
    'two_factor_code_wrong',
    'This code is wrong, too old or was used already. Wait for the next one; if it fails as well, check the clock of your device.',
  );
}

async function verifyFactor(
  core: Core,
  client: pg.PoolClient,
  from: CallFrom,
  accountId: string,
  factor: Factor,
  trustDevice: boolean,
): Promise<Verified | AppError> {
  // A code that passed before must fail like any wrong one: it goes on as one, so that the library counts it.
  const isSpent = factor.kind === 'totp' && !(await spendCode(core, client, accountId, factor.code));
  const body = { code: isSpent ? 'spent' : factor.code, trustDevice };
  const call = { body, headers: core.headers(from, ['two_factor', 'dont_remember']), returnHeaders: true } as const;
  const { api } = core.auth();
  try {
    const { response, headers } = await within({ client, actor: from.actor }, () =>
      factor.kind === 'totp' ? api.verifyTOTP(call) : api.verifyBackupCode(call),
    );
    if (typeof response.token !== 'string') return wrongCode();
    return { token: response.token, cookies: headers.getSetCookie() };
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    return burnt.has(code) ? expired() : wrongCode();
  }
}

const burnt: ReadonlySet<string> = new Set([
  'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE',
  'INVALID_TWO_FACTOR_COOKIE',
  'TOTP_NOT_ENABLED',
  'BACKUP_CODES_NOT_ENABLED',
]);

/** The code of a refusal by the sign-in library; null for anything else. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('body' in error)) return null;
  const { body } = error;
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'string' ? code : 'refused';
}

/** Marks a one-time code as used. False: it is of no step near now, or its step was used before. */
export async function spendCode(core: Core, client: pg.ClientBase, accountId: string, code: string): Promise<boolean> {
  const { rows } = await client.query<{ secret: string }>('select secret from two_factors where account_id = $1', [
    accountId,
  ]);
  if (rows[0] === undefined) return false;
  const secret = await symmetricDecrypt({ key: core.secret, data: rows[0].secret });
  const step = stepOf(secret, code, Date.now());
  if (step === null) return false;
  const { rowCount } = await client.query(
    'insert into used_codes (account_id, step) values ($1, $2) on conflict do nothing',
    [accountId, step],
  );
  return rowCount === 1;
}

export async function recoveryCodesLeft(core: Core, client: pg.PoolClient, accountId: string): Promise<number> {
  const { backupCodes } = await within({ client }, () =>
    core.auth().api.viewBackupCodes({ body: { userId: accountId } }),
  );
  return backupCodes.length;
}
