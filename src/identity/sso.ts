import type pg from 'pg';
import { AppError, errorText } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { within } from './auth-adapter.ts';
import { readCookie, signedToken } from './cookies.ts';
import type { Core } from './core.ts';
import { digestText } from './digest.ts';
import { safeNext } from './next-path.ts';
import type { CallFrom } from './options.ts';
import { findAtDoor } from './sign-in.ts';
import { settleSignIn } from './sign-in-open.ts';
import { ssoProvider } from './sso-config.ts';

/** A provider that does not answer must not hold a browser for longer. */
const providerMs = 10_000;
/** A provider that could not be reached is asked again, but not by every click. */
const retryMs = 10_000;

export interface Redirect {
  readonly location: string;
  readonly cookies: readonly string[];
}

type SsoProblem =
  | 'sso_unavailable'
  | 'sso_failed'
  | 'sso_email_unverified'
  | 'sso_account_not_linked'
  | 'registration_closed'
  | 'sign_in_failed';

/** What the sign-in library and the provider say, in our codes; everything else is `sso_failed`. */
const problems: Readonly<Record<string, SsoProblem>> = {
  account_not_linked: 'sso_account_not_linked',
  signup_disabled: 'registration_closed',
  sso_email_unverified: 'sso_email_unverified',
};

const lastTriesAtMs = new WeakMap<Core, number>();

/** Sends a browser to the provider. A failure is a redirect as well: to the sign-in page, which says what happened. */
export async function startSso(core: Core, from: CallFrom, next: string | undefined): Promise<Redirect> {
  if (core.options.sso === null) return refused('sso_unavailable');
  try {
    const auth = await timed(readyAuth(core));
    if (auth === null) return refused('sso_unavailable');
    const body = { provider: ssoProvider, callbackURL: safeNext(next), errorCallbackURL: '/console/sign-in' } as never;
    const { response, headers } = await auth.api.signInSocial({
      body,
      headers: core.headers(from, []),
      returnHeaders: true,
    });
    if (!response.url) return refused('sso_unavailable');
    return { location: response.url, cookies: headers.getSetCookie() };
  } catch (error) {
    core.log.warn({ reason: errorText(error) }, 'single sign-on could not begin');
    return refused('sso_unavailable');
  }
}

/** The library with the provider's description; null when that cannot be had now. */
async function readyAuth(core: Core) {
  const isReady = async (auth: ReturnType<Core['ssoAuth']>) =>
    (await auth.$context).socialProviders.some(({ id }) => id === ssoProvider);
  const auth = core.ssoAuth(false);
  if (await isReady(auth)) return auth;
  const nowMs = core.clock.monotonic();
  if (nowMs - (lastTriesAtMs.get(core) ?? Number.NEGATIVE_INFINITY) < retryMs) return null;
  lastTriesAtMs.set(core, nowMs);
  const again = core.ssoAuth(true);
  return (await isReady(again)) ? again : null;
}

/** Where the provider sends the browser back to. */
export async function finishSso(
  core: Core,
  from: CallFrom,
  query: Readonly<Record<string, string>>,
): Promise<Redirect> {
  if (core.options.sso === null) return refused('sso_unavailable');
  let response: Response;
  try {
    const call = {
      params: { id: ssoProvider },
      method: 'GET' as const,
      query,
      headers: core.headers(from, ['state']),
      asResponse: true as const,
    };
    response = await timed(
      within({ actor: from.actor }, () => core.ssoAuth(false).api.callbackOAuth(call) as Promise<Response>),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'sign_in_failed') return refused('sign_in_failed');
    core.log.warn({ reason: errorText(error) }, 'single sign-on broke off');
    return refused('sso_failed');
  }
  const problem = await problemIn(response);
  if (problem !== null) return refused(problem);
  const cookies = response.headers.getSetCookie();
  const more = await inTransaction(core.pool, (client) => settle(core, client, from, cookies));
  if (more === null) return refused('sso_failed');
  const next = new URL(response.headers.get('location') ?? '', 'http://console.invalid');
  return { location: safeNext(next.pathname + next.search + next.hash), cookies: [...cookies, ...more] };
}

async function problemIn(response: Response): Promise<SsoProblem | null> {
  const location = response.headers.get('location');
  if (location !== null) {
    const error = new URL(location, 'http://console.invalid').searchParams.get('error');
    const isBack = location.startsWith('/console/') && !location.startsWith('/console/sign-in?');
    if (isBack && error === null) return null;
    return problems[error ?? ''] ?? 'sso_failed';
  }
  const body: unknown = await response.json().catch(() => null);
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
  return problems[code] ?? 'sso_failed';
}

async function settle(core: Core, client: pg.PoolClient, from: CallFrom, lines: string[]): Promise<string[] | null> {
  const set = lines.map((line) => line.split(';', 1)[0] ?? '').join('; ');
  const value = readCookie(set, 'session_token', core.secure());
  const token = value === null ? null : signedToken(value, core.secret);
  if (token === null) return null;
  const { rows } = await client.query<{ account_id: string }>('select account_id from sessions where token = $1', [
    digestText(token),
  ]);
  const account = rows[0] ? await findAtDoor(client, { id: rows[0].account_id }, null) : null;
  if (account === null) return null;
  return settleSignIn(core, client, from, { account, token, method: 'sso', remember: false });
}

function refused(problem: SsoProblem): Redirect {
  return { location: `/console/sign-in?problem=${problem}`, cookies: [] };
}

async function timed<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('the identity provider does not answer')), providerMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
