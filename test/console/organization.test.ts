import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { listAt, textAt } from './api.ts';
import { browserOf, expectNoFaults, type Window } from './browser.ts';
import { register, type Signed, tokenMailed } from './people.ts';

const here = workplace();
const browser = browserOf();
let site: Program;

beforeAll(async () => {
  site = await here.start();
});

/** The dialog that is open. */
const dialogOf = (page: Page) => page.getByRole('dialog');

async function confirm(page: Page, action: string): Promise<void> {
  await dialogOf(page).getByRole('button', { name: action, exact: true }).click();
  await dialogOf(page).waitFor({ state: 'detached' });
}

async function toasted(page: Page, text: string | RegExp): Promise<void> {
  await page.getByRole('region', { name: 'Messages' }).getByText(text).first().waitFor();
}

async function act(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `What can be done with ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function organizationOf({ api }: Signed, name: string): Promise<string> {
  const organizations = listAt(await api.get('/control/v1/session'), 'organizations');
  const found = organizations.find((one) => textAt(one, 'name') === name);
  return found === undefined ? '' : textAt(found, 'id');
}

async function keyStates({ api }: Signed, organization: string): Promise<string[]> {
  const path = `/control/v1/organizations/${organization}/keys?state=all`;
  return listAt(await api.get(path), 'data').map((key) => textAt(key, 'state'));
}

interface Place {
  readonly window: Window;
  readonly ada: Signed;
  readonly ben: Signed;
}

/** The personal organization says that it is for one, and leads to a shared one. */
async function makeOrganization({ window }: Place): Promise<void> {
  const { page } = window;
  await window.open('/console/organization');
  await page.getByText('This is your personal organization').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'New organization' }).click();
  await dialogOf(page).getByLabel('Name').fill('Northwind');
  await confirm(page, 'Create organization');
  await page.waitForURL('**/console/organization/members');
  await page.getByRole('button', { name: 'Organization: Northwind. Switch' }).waitFor();
}

/** What is no address is named before anything is sent; what was sent can be withdrawn. */
async function invite({ window, ben }: Place): Promise<void> {
  const { page } = window;
  await page.getByRole('button', { name: 'Invite members' }).click();
  const addresses = dialogOf(page).getByLabel('E-mail addresses');
  await addresses.fill('Ben <ben@example.org>, chen@example');
  await dialogOf(page).getByRole('button', { name: /^Send/ }).click();
  await dialogOf(page).getByText('This is no e-mail address: chen@example').waitFor();
  await addresses.fill('Ben <ben@example.org>, chen@example.org');
  await confirm(page, 'Send 2 invitations');
  await toasted(page, '2 invitations are on their way.');

  await page.getByRole('tab', { name: 'Invitations' }).click();
  await page.getByRole('button', { name: 'Withdraw the invitation of chen@example.org' }).click();
  await confirm(page, 'Withdraw');
  await page.getByRole('button', { name: 'Send again to ben@example.org' }).click();
  await toasted(page, 'The invitation was sent a moment ago. Send it again in a minute.');
  await page.getByText('chen@example.org', { exact: true }).waitFor({ state: 'detached' });
  const token = await tokenMailed(ben.api, ben.email, 'invitation');
  await ben.api.post('/control/v1/invitations/accept', { token });
}

/** A team with a member and a project. */
async function makeTeam({ window }: Place): Promise<void> {
  const { page } = window;
  await window.open('/console/organization/teams');
  await page.getByRole('button', { name: 'New team' }).first().click();
  await dialogOf(page).getByLabel('Name').fill('Search');
  await confirm(page, 'Create team');
  await page.getByRole('heading', { level: 1, name: 'Search' }).waitFor();
  await page.getByRole('button', { name: 'Add member' }).click();
  await dialogOf(page).getByLabel('Member').selectOption({ label: 'ben · ben@example.org' });
  await confirm(page, 'Add member');
  await page.getByRole('button', { name: 'New project' }).click();
  await dialogOf(page).getByLabel('Name').fill('Ranking');
  await confirm(page, 'Create project');
}

/** A role of its own, granted in one project, taken back, and given again. */
async function makeRole({ window }: Place): Promise<void> {
  const { page } = window;
  await window.open('/console/organization/roles');
  await page.getByRole('button', { name: 'New role' }).first().click();
  await dialogOf(page).getByLabel('Name', { exact: true }).fill('Key keeper');
  await dialogOf(page).getByRole('radiogroup', { name: 'See keys' }).getByText('Yes').click();
  await dialogOf(page)
    .getByRole('radiogroup', { name: /^Create, change, disable/ })
    .getByText('Own')
    .click();
  await confirm(page, 'Create role');
  await page.getByText('3 permissions').waitFor();
  await window.open('/console/organization/projects');
  await page.getByRole('link', { name: 'Ranking' }).click();
  await page.getByRole('button', { name: 'Grant access' }).click();
  await dialogOf(page).getByLabel('Member').selectOption({ label: 'ben · ben@example.org' });
  await dialogOf(page).getByLabel('Role').selectOption({ label: 'Key keeper' });
  await confirm(page, 'Grant access');
  await page.getByRole('button', { name: 'Take back from ben: Ranking' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Take back from ben: Ranking' }).waitFor();
}

/** Who has a role stands in the way of its deletion: the page says who, and offers to delete what nobody has. */
async function roleInUse({ window }: Place): Promise<void> {
  const { page } = window;
  await window.open('/console/organization/roles');
  await page.getByRole('button', { name: 'Who has Key keeper' }).click();
  await dialogOf(page).getByText('1 grant', { exact: true }).waitFor();
  await dialogOf(page).getByText('Project Ranking').waitFor();
  expect(await page.getByRole('button', { name: 'Delete Key keeper' }).count()).toBe(0);
  await dialogOf(page).getByRole('link', { name: 'ben' }).click();
  await page.getByRole('heading', { level: 1, name: 'ben' }).waitFor();
}

/** What is done with a member, and with their keys. */
async function changeMember({ window, ada, ben }: Place): Promise<void> {
  const { page } = window;
  const organization = await organizationOf(ada, 'Northwind');
  await ben.api.post(`/control/v1/organizations/${organization}/keys`, { name: 'laptop', group: 'openai-standard' });
  await window.open('/console/organization/members');
  await act(page, 'ben', 'Change roles');
  await dialogOf(page).getByLabel('Viewer').check();
  await confirm(page, 'Save roles');
  await page
    .getByRole('row', { name: /ben@example.org/ })
    .getByText('Viewer')
    .waitFor();
  await act(page, 'ben', 'Disable');
  await confirm(page, 'Disable');
  expect(await keyStates(ada, organization)).toEqual(['disabled']);
  await page
    .getByRole('row', { name: /ben@example.org/ })
    .getByText('Disabled')
    .waitFor();
  await act(page, 'ben', 'Enable');
  await toasted(page, /^ben is enabled/);
}

/** It all stands in the log, with what was before, and can be taken away. */
async function readLog({ window }: Place): Promise<void> {
  const { page } = window;
  await window.open('/console/organization/audit');
  await page.getByRole('button', { name: 'Roles of a member changed' }).click();
  await dialogOf(page).locator('del', { hasText: 'Developer' }).waitFor();
  await dialogOf(page).locator('ins', { hasText: 'Developer, Viewer' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel('About', { exact: true }).selectOption({ label: 'Grant' });
  await expect.poll(() => new URL(page.url()).searchParams.get('kind')).toBe('grant');
  await page.getByText('Team created').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Download' }).click();
  const downloading = page.waitForEvent('download');
  await dialogOf(page).getByRole('button', { name: 'Download' }).click();
  const file = await (await downloading).path();
  const actions = readFileSync(file, 'utf8').match(/\bgrant\.\w+/g);
  expect(actions).toEqual(['grant.added', 'grant.removed', 'grant.added']);
}

/** The member is removed, with the keys left to a project; then everything ends. */
async function end({ window, ada }: Place): Promise<void> {
  const { page } = window;
  await window.open('/console/organization/members');
  await act(page, 'ben', 'Remove');
  await dialogOf(page).getByText('Hand them over to a project').click();
  await dialogOf(page).getByLabel('Project', { exact: true }).selectOption({ label: 'Ranking' });
  await confirm(page, 'Remove');
  await toasted(page, 'ben is removed, 1 key is handed over.');
  await page.getByText('ben@example.org').waitFor({ state: 'detached' });
  await window.open('/console/organization');
  await page.getByRole('button', { name: 'Delete organization' }).click();
  await dialogOf(page).getByRole('textbox').fill('Northwind');
  await confirm(page, 'Delete organization');
  await page.getByText('This is your personal organization').waitFor();
  expect(await organizationOf(ada, 'Northwind')).toBe('');
}

test('an organization is made, filled with people, given shape, looked into and ended', async () => {
  const ada = await register(site, 'ada@example.org');
  const ben = await register(site, 'ben@example.org');
  const window = await browser.window(site, {}, ada);
  const place = { window, ada, ben };
  await makeOrganization(place);
  await invite(place);
  await makeTeam(place);
  await makeRole(place);
  await roleInUse(place);
  await changeMember(place);
  await readLog(place);
  await end(place);
  expectNoFaults(window);
});

test('a developer is offered nothing that they may not do, and may leave', async () => {
  const ada = await register(site, 'ada@example.net');
  const eve = await register(site, 'eve@example.net');
  const organization = textAt(await ada.api.post('/control/v1/organizations', { name: 'Harbour' }), 'id');
  const invitations = `/control/v1/organizations/${organization}/invitations`;
  await ada.api.post(invitations, { emails: [eve.email], roles: ['developer'] });
  await eve.api.post('/control/v1/invitations/accept', { token: await tokenMailed(eve.api, eve.email, 'invitation') });
  const window = await browser.window(site, {}, eve);
  const { page } = window;

  await window.open('/console/organization');
  await page.getByRole('button', { name: 'Organization: eve. Switch' }).click();
  await page.getByRole('menuitemradio', { name: 'Harbour' }).click();
  await page.getByRole('heading', { level: 1, name: 'Harbour' }).waitFor();
  expect(await page.getByLabel('Name').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Delete organization' }).count()).toBe(0);
  for (const name of ['members', 'teams', 'projects', 'roles']) {
    await window.open(`/console/organization/${name}`);
    expect(await page.getByRole('button', { name: /^(?:Invite|New)/ }).count(), name).toBe(0);
  }
  await window.open('/console/organization/members');
  expect(await page.getByRole('button', { name: 'What can be done with ada' }).count()).toBe(0);
  await window.open('/console/organization/audit');
  await page.getByText('You may not see this page').waitFor();

  await window.open('/console/organization/members');
  await act(page, 'eve', 'Leave organization');
  await confirm(page, 'Leave organization');
  await page.getByText('This is your personal organization').waitFor();
  expect(await organizationOf(eve, 'Harbour')).toBe('');
  expectNoFaults(window);
});
