import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, goodPassword, startTestSite, type TestSite } from './testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
});
afterAll(() => site.close());

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const text = (bytes: Buffer) => bytes.toString('base64url');

/** An authenticator in software: ES256, no attestation. */
function authenticator() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  const head = (length: number) => Buffer.from([0x58, length]);
  const cose = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    head(32),
    Buffer.from(x, 'base64url'),
    Buffer.from([0x22]),
    head(32),
    Buffer.from(y, 'base64url'),
  ]);
  const data = (flags: number, rest = Buffer.alloc(0)) =>
    Buffer.concat([sha256('localhost'), Buffer.from([flags, 0, 0, 0, 0]), rest]);
  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const common = { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {} };
  return {
    make(challenge: string, origin: string) {
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
      const authData = data(0x45, credential);
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([authData.length]),
        authData,
      ]);
      const clientDataJSON = text(clientData('webauthn.create', challenge, origin));
      return {
        ...common,
        response: { clientDataJSON, attestationObject: text(attestation), transports: ['internal'] },
      };
    },
    /** `flags` 0x05: the person is there, and was asked for a PIN or a finger; 0x01: there alone. */
    answer(challenge: string, origin: string, flags = 0x05) {
      const authData = data(flags);
      const client = clientData('webauthn.get', challenge, origin);
      const signature = sign('sha256', Buffer.concat([authData, sha256(client)]), privateKey);
      const response = { clientDataJSON: text(client), authenticatorData: text(authData), signature: text(signature) };
      return { ...common, response };
    },
  };
}

const home = () => site.url.replace('127.0.0.1', 'localhost');
const challenge = async (browser: Browser, path: string, body?: unknown) =>
  String((await browser.call('POST', path, body)).body.options?.challenge);
const signInOptions = '/control/v1/sign-in/passkey/options';
const answerWith = (browser: Browser, response: unknown) =>
  browser.call('POST', '/control/v1/sign-in/passkey', { response });

async function withPasskey(email: string) {
  const { id, browser } = await site.person(email);
  const device = authenticator();
  const given = await challenge(browser, '/control/v1/account/passkeys/options', {});
  const added = await browser.call('POST', '/control/v1/account/passkeys', {
    name: 'Laptop',
    response: device.make(given, home()),
  });
  expect(added.status).toBe(201);
  return { id, browser, device, passkeyId: String(added.body.id) };
}

test('a passkey is added, opens the account without a second factor, is renamed and deleted', async () => {
  const email = 'passkey@example.test';
  const { id, browser, device, passkeyId } = await withPasskey(email);
  expect(site.mails.at(-1)).toMatchObject({ kind: 'passkey-changed', facts: { added: true, passkey: 'Laptop' } });
  await site.pool.query('update accounts set two_factor_enabled = true where id = $1', [id]);
  const fresh = site.browser();
  const reply = await answerWith(fresh, device.answer(await challenge(fresh, signInOptions), home()));
  expect([reply.status, reply.body]).toEqual([200, { next: 'done' }]);
  expect((await fresh.call('GET', '/control/v1/session')).body).toMatchObject({ account: { id } });
  expect((await fresh.call('GET', '/control/v1/account/sessions')).body.data).toMatchObject([
    { method: 'passkey' },
    {},
  ]);

  const one = `/control/v1/account/passkeys/${passkeyId}`;
  const stranger = await site.person('no-passkey@example.test');
  expect((await stranger.browser.call('PATCH', one, { name: 'Mine' })).body.code).toBe('passkey_not_found');
  expect((await stranger.browser.call('DELETE', one)).body.code).toBe('passkey_not_found');
  expect((await browser.call('PATCH', one, { name: 'Work laptop' })).status).toBe(204);
  expect((await browser.call('GET', '/control/v1/account/passkeys')).body.data).toMatchObject([
    { name: 'Work laptop' },
  ]);
  expect((await browser.call('DELETE', one)).status).toBe(204);
  const gone = await answerWith(fresh, device.answer(await challenge(fresh, signInOptions), home()));
  expect(gone.body.code).toBe('passkey_failed');
});

test('a passkey is not slowed down by who guesses at the password', async () => {
  const email = 'guessed@example.test';
  const { device } = await withPasskey(email);
  for (let i = 0; i < 12; i++) {
    await site.browser().call('POST', '/control/v1/sign-in', { email, password: `wrong password ${i}` });
  }
  const throttled = await site.browser().call('POST', '/control/v1/sign-in', { email, password: goodPassword });
  expect(throttled.body.code).toBe('sign_in_throttled');
  const browser = site.browser();
  const answer = device.answer(await challenge(browser, signInOptions), home());
  expect((await answerWith(browser, answer)).status).toBe(200);
});

test('a challenge works once and for one browser; another site, another key and no PIN are refused', async () => {
  const { device } = await withPasskey('attacked@example.test');
  const refused = async (browser: Browser, response: unknown) => {
    const { status, body } = await answerWith(browser, response);
    expect([status, body.code]).toEqual([401, 'passkey_failed']);
  };
  const browser = site.browser();
  const good = device.answer(await challenge(browser, signInOptions), home());
  await refused(site.browser(), good);
  const kept = new Map(browser.cookies);
  expect((await answerWith(browser, good)).status).toBe(200);
  const replaying = site.browser();
  for (const [name, value] of kept) replaying.cookies.set(name, value);
  await refused(replaying, good);

  const other = site.browser();
  await refused(other, device.answer(await challenge(other, signInOptions), 'https://evil.test'));
  await refused(other, device.answer(await challenge(other, signInOptions), home(), 0x01));
  const impostor = {
    ...authenticator().answer(await challenge(other, signInOptions), home()),
    id: good.id,
    rawId: good.id,
  };
  await refused(other, impostor);
  await refused(other, { ...good, response: {} });
});

test('a disabled account stays outside, and an old session brings the password to add one', async () => {
  const { id, browser, device } = await withPasskey('locked@example.test');
  const path = '/control/v1/account/passkeys/options';
  await site.pool.query(`update sessions set created_at = now() - interval '1 hour' where account_id = $1`, [id]);
  expect((await browser.call('POST', path, {})).body).toMatchObject({ errors: [{ field: 'body.password' }] });
  expect((await browser.call('POST', path, { password: goodPassword })).status).toBe(200);
  await site.pool.query(`update accounts set state = 'disabled' where id = $1`, [id]);
  const fresh = site.browser();
  const answer = device.answer(await challenge(fresh, signInOptions), home());
  expect((await answerWith(fresh, answer)).body.code).toBe('passkey_failed');
  expect((await fresh.call('GET', '/control/v1/session')).status).toBe(401);
});
