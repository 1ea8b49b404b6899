import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SsoOptions } from './options.ts';
import { type Browser, startTestSite, type TestSite } from './testing.ts';

const client = { clientId: 'lodge', clientSecret: 'a secret of the provider' };
const person = { sub: 'subject-1', email: 'ada@corp.test', email_verified: true, name: 'Ada' };

const servers: Server[] = [];
let site: TestSite;
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await site.close();
});

async function listening(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function startSite(issuer: string, over: Partial<SsoOptions> = {}): Promise<TestSite> {
  const sso = { label: 'Corp', issuer, ...client, signUp: () => true, trustEmail: false, ...over };
  site = await startTestSite({ sso, organizationsOf: async () => [] });
  return site;
}

/** Follows redirects at the provider as a browser does, until one leads back to the site. */
async function atProvider(start: string): Promise<string> {
  const jar = new Map<string, string>();
  let location = start;
  for (let hops = 0; hops < 12 && !location.startsWith(site.url); hops++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(location, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const next = response.headers.get('location');
    if (next === null) throw new Error(`the provider stopped at ${response.status}: ${await response.text()}`);
    location = new URL(next, location).href;
  }
  return location.slice(site.url.length);
}

async function begin(browser: Browser, next = '/console/keys'): Promise<string> {
  const query = new URLSearchParams({ next });
  const reply = await browser.call('GET', `/control/v1/sign-in/sso?${query}`);
  expect(reply.status).toBe(302);
  return reply.headers.get('location') ?? '';
}

async function through(browser: Browser, next?: string): Promise<string> {
  const back = await browser.call('GET', await atProvider(await begin(browser, next)));
  expect(back.status).toBe(302);
  return back.headers.get('location') ?? '';
}

const sessionOf = async (browser: Browser) => (await browser.call('GET', '/control/v1/session')).body;

describe('with a provider of others’ making', () => {
  let claims: Record<string, unknown>;
  let issuer: string;
  beforeEach(async () => {
    claims = { ...person };
    let provider: Provider | null = null;
    issuer = await listening((incoming, outgoing) => {
      if (provider === null) return void outgoing.writeHead(503).end();
      if (incoming.url?.startsWith('/interaction/')) return void agree(provider, incoming, outgoing);
      provider.callback()(incoming, outgoing);
    });
    // The site's address is known after its provider's: it is told in time for the first call.
    site = await startSite(issuer);
    provider = providerFor(issuer, `${site.url}/control/v1/sign-in/sso/callback`, () => claims);
  });

  test('signs in, makes an account once, and goes where it should', async () => {
    const browser = site.browser();
    expect(await through(browser, '/console/usage?range=7d')).toBe('/console/usage?range=7d');
    const { account } = await sessionOf(browser);
    expect(account).toMatchObject({ email: 'ada@corp.test', name: 'Ada', email_verified: true, has_password: false });
    const again = site.browser();
    expect(await through(again)).toBe('/console/keys');
    expect((await sessionOf(again)).account?.id).toBe(account?.id);
    const { rows } = await site.pool.query(
      `select provider, subject, access_token, id_token, refresh_token from credentials`,
    );
    expect(rows).toEqual([
      { provider: 'sso', subject: 'subject-1', access_token: null, id_token: null, refresh_token: null },
    ]);
    const { rows: history } = await site.pool.query(`select method, outcome, new_device from sign_ins order by at`);
    expect(history).toEqual([
      { method: 'sso', outcome: 'passed', new_device: false },
      { method: 'sso', outcome: 'passed', new_device: true },
    ]);
  });

  test('joins an account of the same verified address, never one by an unverified address', async () => {
    const { id } = await site.person('ada@corp.test');
    claims = { ...person, email_verified: false };
    const thief = site.browser();
    expect(await through(thief)).toBe('/console/sign-in?problem=sso_email_unverified');
    expect((await sessionOf(thief)).code).toBe('session_missing');
    claims = { ...person };
    const owner = site.browser();
    expect(await through(owner)).toBe('/console/keys');
    expect((await sessionOf(owner)).account?.id).toBe(id);
  });

  test('an account that nobody has verified is not taken for the person', async () => {
    const body = { name: 'Squatter', email: 'ada@corp.test', password: 'phrase of a squatter' };
    await site.browser().call('POST', '/control/v1/register', body);
    expect(await through(site.browser())).toBe('/console/sign-in?problem=sso_account_not_linked');
  });

  test('a disabled account stays outside', async () => {
    await through(site.browser());
    await site.pool.query(`update accounts set state = 'disabled'`);
    const browser = site.browser();
    expect(await through(browser)).toBe('/console/sign-in?problem=sign_in_failed');
    expect((await sessionOf(browser)).code).toBe('session_missing');
  });

  test('next leads nowhere but into the console', async () => {
    for (const next of ['https://evil.test/', '//evil.test', '/\\evil.test', '/console/../admin']) {
      expect(await through(site.browser(), next)).toBe('/console/');
    }
  });

  test('a state belongs to the browser that began, and works once', async () => {
    const [browser, other] = [site.browser(), site.browser()];
    const callback = await atProvider(await begin(browser));
    const stolen = await other.call('GET', callback);
    expect(stolen.headers.get('location')).toBe('/console/sign-in?problem=sso_failed');
    expect((await sessionOf(other)).code).toBe('session_missing');
    const [first, second] = [await through(browser), await browser.call('GET', callback)];
    expect(first).toBe('/console/keys');
    expect(second.headers.get('location')).toBe('/console/sign-in?problem=sso_failed');
  });

  test('the code of one sign-in is of no use in another', async () => {
    const [victim, attacker] = [site.browser(), site.browser()];
    const theirs = new URL(await atProvider(await begin(attacker)), site.url);
    const own = new URL(await atProvider(await begin(victim)), site.url);
    own.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    const reply = await victim.call('GET', own.pathname + own.search);
    expect(reply.headers.get('location')).toBe('/console/sign-in?problem=sso_failed');
    expect((await sessionOf(victim)).code).toBe('session_missing');
  });
});

describe('with a provider that lies', () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  type Lie = { claims?: Record<string, unknown>; key?: KeyObject; algorithm?: string };

  /** Redirects back at once and signs whatever it is told to. */
  async function liar(lie: Lie): Promise<string> {
    let nonce = '';
    const issuer: string = await listening((incoming, outgoing) => {
      const url = new URL(incoming.url ?? '/', 'http://provider.invalid');
      const json = (body: unknown) => outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(body));
      if (url.pathname === '/auth') {
        nonce = url.searchParams.get('nonce') ?? '';
        const back = `${url.searchParams.get('redirect_uri')}?code=c&state=${url.searchParams.get('state')}`;
        outgoing.writeHead(302, { location: back }).end();
      } else if (url.pathname === '/token') {
        const now = Math.floor(Date.now() / 1_000);
        const claims = { iss: issuer, aud: 'lodge', iat: now, exp: now + 60, nonce, ...person, ...lie.claims };
        const id_token = jwt(claims, lie.key ?? keys.privateKey, lie.algorithm ?? 'RS256');
        json({ access_token: 'a', token_type: 'Bearer', id_token });
      } else if (url.pathname === '/jwks') {
        json({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] });
      } else {
        json({
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ['RS256'],
        });
      }
    });
    return issuer;
  }

  test.each<[string, Lie, string]>([
    ['tells the truth', {}, '/console/keys'],
    ['answers another nonce', { claims: { nonce: 'another' } }, 'sso_failed'],
    ['leaves the nonce out', { claims: { nonce: undefined } }, 'sso_failed'],
    ['speaks to somebody else', { claims: { aud: 'other' } }, 'sso_failed'],
    ['is somebody else', { claims: { iss: 'https://other.test' } }, 'sso_failed'],
    ['is late', { claims: { exp: 1_000 } }, 'sso_failed'],
    ['signs with another key', { key: otherKeys.privateKey }, 'sso_failed'],
    ['does not sign', { algorithm: 'none' }, 'sso_failed'],
    ['does not say whether the address is verified', { claims: { email_verified: undefined } }, 'sso_email_unverified'],
    ['says verified as text', { claims: { email_verified: 'true' } }, 'sso_email_unverified'],
  ])('that %s', async (_words, lie, outcome) => {
    await startSite(await liar(lie));
    const browser = site.browser();
    expect(await through(browser)).toContain(outcome);
    const isIn = outcome.startsWith('/');
    expect((await browser.call('GET', '/control/v1/session')).status).toBe(isIn ? 200 : 401);
    const { rowCount } = await site.pool.query('select 1 from accounts');
    expect(rowCount).toBe(isIn ? 1 : 0);
  });

  test('strangers get no account where only known people sign in', async () => {
    let open = false;
    await startSite(await liar({}), { signUp: () => open });
    expect(await through(site.browser())).toBe('/console/sign-in?problem=registration_closed');
    // No restart: the site's settings count at once.
    open = true;
    expect(await through(site.browser())).not.toContain('problem');
  });

  test('a provider that cannot be reached is said to be so, and asked again later', async () => {
    await startSite('http://127.0.0.1:9');
    expect(await begin(site.browser())).toBe('/console/sign-in?problem=sso_unavailable');
  });

  test('nobody can add a provider, and without one there is none', async () => {
    site = await startTestSite();
    expect(await begin(site.browser())).toBe('/console/sign-in?problem=sso_unavailable');
    for (const path of [
      '/sso/register',
      '/control/v1/sign-in/sso/register',
      '/api/auth/sso/register',
      '/control/v1/sign-in/social',
    ]) {
      expect((await site.browser().call('POST', path, {})).status).toBe(404);
    }
  });
});

function jwt(claims: object, key: KeyObject, algorithm: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: algorithm, kid: '1', typ: 'JWT' })}.${part(claims)}`;
  const signature = algorithm === 'none' ? '' : sign('sha256', Buffer.from(text), key).toString('base64url');
  return `${text}.${signature}`;
}

function providerFor(issuer: string, redirectUri: string, claims: () => Record<string, unknown>): Provider {
  return new Provider(issuer, {
    clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri] }],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of this test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ ...claims(), sub: id }) }),
  });
}

/** A person who signs in at the provider and agrees to everything. */
async function agree(provider: Provider, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(incoming, outgoing);
  if (prompt.name === 'login') {
    await provider.interactionFinished(incoming, outgoing, { login: { accountId: person.sub } });
    return;
  }
  const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: params.client_id });
  grant.addOIDCScope('openid email profile');
  const grantId = await grant.save();
  await provider.interactionFinished(incoming, outgoing, { consent: { grantId } });
}
