import type { CDPSession } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { browserOf, expectNoFaults, type Window } from './browser.ts';
import { register } from './people.ts';

const here = workplace();
const browser = browserOf();

/** Browsers take no bare number for the home of a passkey. */
function named(site: Program): Program {
  return { ...site, url: site.url.replace('127.0.0.1', 'localhost') };
}

interface Authenticator {
  /** Whether the person shows their finger, face or PIN. */
  verify(isVerified: boolean): Promise<void>;
  passkeys(): Promise<number>;
}

/** A device with a fingerprint reader, in software, within the browser. */
async function addAuthenticator({ page, context }: Window): Promise<Authenticator> {
  const session: CDPSession = await context.newCDPSession(page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verify: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    passkeys: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}

async function signOut({ page }: Window): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/console/sign-in');
}

test('a passkey is added, renamed, opens the account, and opens it no more once it is deleted', async () => {
  const site = named(await here.start());
  const ada = await register(site, 'ada@example.org');
  const window = await browser.window(site, {}, ada);
  const { page } = window;
  const authenticator = await addAuthenticator(window);

  await window.open('/console/account/security');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Fingerprint reader');
  await dialog.getByRole('button', { name: 'Add a passkey' }).click();
  await expect.poll(() => page.getByText('Fingerprint reader', { exact: true }).count()).toBe(1);
  expect(await authenticator.passkeys()).toBe(1);

  await page.getByRole('button', { name: 'Actions for Fingerprint reader' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await dialog.getByLabel('Name').fill('Laptop');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => page.getByText('Laptop', { exact: true }).count()).toBe(1);

  // The same device makes no second one.
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await dialog.getByRole('button', { name: 'Add a passkey' }).click();
  await dialog.getByText('This device has a passkey for your account already.').waitFor();
  await page.keyboard.press('Escape');

  // Nobody at the reader: nothing opens.
  await authenticator.verify(false);
  await signOut(window);
  const button = page.getByRole('button', { name: 'Sign in with a passkey' });
  await button.click();
  await page.getByText('No passkey was used.').waitFor();
  expect(new URL(page.url()).pathname).toBe('/console/sign-in');

  await authenticator.verify(true);
  await button.click();
  await page.waitForURL('**/console/');

  // Offered in the field for the address, and taken there: this authenticator waits for nobody. Back to the page that was
  // asked for.
  await signOut(window);
  await page.waitForURL('**/console/');
  await window.context.clearCookies();
  await page.goto('/console/account/security?tab=sessions');
  await page.waitForURL('**/console/account/security?tab=sessions');
  await expect.poll(() => page.getByRole('cell', { name: 'passkey', exact: true }).count()).toBeGreaterThan(0);

  await page.getByRole('tab', { name: 'Ways to sign in' }).click();
  await page.getByRole('button', { name: 'Actions for Laptop' }).click();
  await page.getByRole('menuitem', { name: 'Delete passkey' }).click();
  await dialog.getByRole('button', { name: 'Delete passkey' }).click();
  await page.getByText('No passkeys yet').waitFor();
  // It stays in the device, and is worth nothing.
  expect(await authenticator.passkeys()).toBe(1);
  await signOut(window);
  await page.getByText('This passkey opens no account here').waitFor();
  expectNoFaults(window);
});
