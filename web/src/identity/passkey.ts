import { api } from '../api/client.ts';

/** Loaded where it is used: most people come without a passkey. */
const library = () => import('@simplewebauthn/browser');

type CreationOptions = Parameters<Awaited<ReturnType<typeof library>>['startRegistration']>[0]['optionsJSON'];
type RequestOptions = Parameters<Awaited<ReturnType<typeof library>>['startAuthentication']>[0]['optionsJSON'];

/** `bare`: the address of the page is a number, which browsers accept as no passkey's home. */
export type PasskeySupport = 'yes' | 'no' | 'bare';

export function passkeySupport(): PasskeySupport {
  if (!('PublicKeyCredential' in window) || !window.isSecureContext) return 'no';
  return /^[\d.]+$|^\[/.test(window.location.hostname) ? 'bare' : 'yes';
}

/** The same page where passkeys work, on the machine that the site runs on; null elsewhere. */
export function passkeyHome(): string | null {
  const { protocol, hostname, port, pathname, search } = window.location;
  if (!['127.0.0.1', '[::1]'].includes(hostname)) return null;
  return `${protocol}//localhost${port === '' ? '' : `:${port}`}${pathname}${search}`;
}

/** The person, or their browser, broke it off: nothing that needs to be said loudly. */
export class PasskeyDeclined extends Error {
  constructor(cause: unknown) {
    super('No passkey was chosen.', { cause });
    this.name = 'PasskeyDeclined';
  }
}

/** The authenticator has one for this account already. */
export class PasskeyKnown extends Error {
  constructor(cause: unknown) {
    super('This device has a passkey for the account.', { cause });
    this.name = 'PasskeyKnown';
  }
}

/**
 * Signs in with a passkey. `quiet`: the browser offers passkeys in the field for the address, until another ceremony
 * begins; resolves false when it cannot.
 *
 * @throws PasskeyDeclined, ApiProblem
 */
export async function signInWithPasskey(remember: () => boolean, quiet = false): Promise<boolean> {
  const { startAuthentication, browserSupportsWebAuthnAutofill } = await library();
  if (quiet && !(await browserSupportsWebAuthnAutofill())) return false;
  const { options } = await api.post('/control/v1/sign-in/passkey/options');
  const response = await declinable(() =>
    startAuthentication({ optionsJSON: options as unknown as RequestOptions, useBrowserAutofill: quiet }),
  );
  await api.post('/control/v1/sign-in/passkey', { body: { response: plain(response), remember: remember() } });
  return true;
}

/** Ends what `signInWithPasskey` began quietly. */
export async function stopPasskeys(): Promise<void> {
  const { WebAuthnAbortService } = await library();
  WebAuthnAbortService.cancelCeremony();
}

/** Makes a passkey on a device of the person. @throws PasskeyDeclined, PasskeyKnown, ApiProblem */
export async function addPasskey(name: string, password: string | undefined): Promise<void> {
  const { startRegistration } = await library();
  const { options } = await api.post('/control/v1/account/passkeys/options', {
    body: password === undefined ? {} : { password },
  });
  const response = await declinable(() => startRegistration({ optionsJSON: options as unknown as CreationOptions }));
  await api.post('/control/v1/account/passkeys', { body: { name, response: plain(response) } });
}

/** As the API declares it: any members. */
function plain<Answer extends { readonly response: object; readonly clientExtensionResults: object }>(answer: Answer) {
  const { response, clientExtensionResults, ...rest } = answer;
  const open = (members: object): Record<string, unknown> => Object.fromEntries(Object.entries(members));
  return { ...rest, response: open(response), clientExtensionResults: open(clientExtensionResults) };
}

async function declinable<Result>(ceremony: () => Promise<Result>): Promise<Result> {
  try {
    return await ceremony();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') throw new PasskeyKnown(error);
    throw new PasskeyDeclined(error);
  }
}
