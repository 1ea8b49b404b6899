import type { BuiltInRole, StaffRole } from '../../src/base/permissions.ts';
import type { Program } from '../site/program.ts';
import { type Api, apiOf, listAt, textAt } from './api.ts';
import { goodPassword, register, type Signed, signIn, tokenMailed } from './people.ts';

/** Two tenants, everybody who may stand at a door of theirs, and what the second one has. */
export interface Scene {
  readonly owner: Signed;
  /** Owner of the second tenant. */
  readonly other: Signed;
  /** Of the first tenant. */
  readonly organization: string;
  readonly members: Readonly<Record<Exclude<BuiltInRole, 'owner'>, Api>>;
  readonly staff: Readonly<Record<StaffRole, Api>>;
  /** A personal access token of the owner that was given `usage.read` only. */
  readonly usageToken: string;
  readonly revokedToken: string;
  /** Of a session that was signed out. */
  readonly endedCookies: ReadonlyMap<string, string>;
  /** By the names of path members: what the second tenant has, and what nobody has. */
  readonly foreign: Readonly<Record<string, string>>;
  /** Staff who have just begun to look with the second tenant's eyes. */
  acting(): Promise<Api>;
}

const memberRoles = ['admin', 'billing', 'developer', 'viewer'] as const;
const allStaff = ['admin', 'support', 'sales', 'read-only'] as const;

export async function setScene(site: Program): Promise<Scene> {
  const owner = await register(site, 'owner@first.test');
  const organization = textAt(await owner.api.post('/control/v1/organizations', { name: 'First' }), 'id');
  const members: Partial<Record<BuiltInRole, Api>> = {};
  for (const role of memberRoles) members[role] = await member(site, owner, organization, role);
  const admin = apiOf(site.url, site.adminToken);
  const staff: Partial<Record<StaffRole, Api>> = {};
  for (const role of allStaff) {
    const email = `${role}@staff.test`;
    await register(site, email);
    await admin.post('/admin/v1/staff', { email, role });
    staff[role] = (await signIn(site, email)).api;
  }
  const other = await register(site, 'owner@second.test');
  const left = await register(site, 'left@first.test');
  const endedCookies = new Map(left.api.cookies);
  await left.api.call('DELETE', '/control/v1/session');
  const foreign = await belongings(site, other);
  return {
    owner,
    other,
    organization,
    members: members as Scene['members'],
    staff: staff as Scene['staff'],
    usageToken: (await newToken(owner.api, ['usage.read'])).secret,
    revokedToken: await revokedToken(owner.api),
    endedCookies,
    foreign,
    async acting() {
      const { api } = await signIn(site, 'support@staff.test');
      await api.post(`/admin/v1/accounts/${other.accountId}/act`, { reason: 'to see what they see' });
      return api;
    },
  };
}

async function member(site: Program, owner: Signed, organization: string, role: BuiltInRole): Promise<Api> {
  const { api, email } = await register(site, `${role}@first.test`);
  const at = `/control/v1/organizations/${organization}/invitations`;
  await owner.api.post(at, { emails: [email], roles: [role] });
  await api.post('/control/v1/invitations/accept', { token: await tokenMailed(api, email, 'invitation') });
  return api;
}

/** One of everything that an endpoint names in its path. */
async function belongings(site: Program, { api, accountId }: Signed): Promise<Record<string, string>> {
  const organization = textAt(await api.post('/control/v1/organizations', { name: 'Second' }), 'id');
  const at = `/control/v1/organizations/${organization}`;
  const project = textAt(await api.post(`${at}/projects`, { name: 'Theirs' }), 'id');
  const team = textAt(await api.post(`${at}/teams`, { name: 'Theirs' }), 'id');
  const role = textAt(await api.post(`${at}/roles`, { name: 'Theirs', permissions: ['keys.read'] }), 'id');
  const grant = textAt(await api.post(`${at}/grants`, { account: accountId, team, role: 'viewer' }), 'id');
  await api.post(`${at}/invitations`, { emails: ['guest@second.test'], roles: ['viewer'] });
  const invitation = textAt(await api.get(`${at}/invitations`), 'data', 0, 'id');
  const made = await api.post(`${at}/keys`, { name: 'theirs', group: 'openai-standard' });
  const session = textAt(await api.get('/control/v1/account/sessions'), 'data', 0, 'id');
  return {
    organization,
    project,
    team,
    role,
    grant,
    invitation,
    key: textAt(made, 'key', 'id'),
    account: accountId,
    session,
    token: (await newToken(api, ['usage.read'])).id,
    id: await requestOf(site, textAt(made, 'secret')),
    mail: textAt(listAt(await api.get('/control/v1/outbox'), 'data')[0], 'id'),
    passkey: 'pky_000000000000000000000000',
    ...(await ticketOf(api, at)),
    address: 'nobody@second.test',
    calendar: 'nothing',
    domain: 'nothing.test',
    macro: 'mac_nothing',
    mailbox: 'mbx_nothing',
    number: '0',
    policy: 'nothing',
    rule: 'rul_nothing',
    webhook: 'whk_nothing',
    announcement: 'ann_000000000000000000000000',
    alias: 'nothing',
    channel: 'chn_nothing',
    group: 'nothing',
    model: 'nothing',
    price: 'prc_nothing',
    vendor: 'nothing',
  };
}

/** A ticket with a message, and a file on its way to another. */
async function ticketOf(api: Api, at: string): Promise<Record<string, string>> {
  const upload = textAt(await api.post('/control/v1/account/ticket-uploads', { name: 'a.txt', size: 1 }), 'id');
  const asked = { category: 'bug', subject: 'Theirs', text: 'It fails.' };
  const ticket = textAt(await api.post(`${at}/tickets`, asked), 'ticket', 'id');
  const message = textAt(await api.get(`${at}/tickets/${ticket}`), 'messages', 0, 'id');
  return { upload, ticket, message, other: ticket, attachment: 'att_nothing' };
}

async function newToken(api: Api, permissions: readonly string[]): Promise<{ id: string; secret: string }> {
  const body = { name: 'for a test', permissions, password: goodPassword };
  const made = await api.post('/control/v1/account/tokens', body);
  return { id: textAt(made, 'token', 'id'), secret: textAt(made, 'secret') };
}

async function revokedToken(api: Api): Promise<string> {
  const { id, secret } = await newToken(api, ['usage.read']);
  await api.call('DELETE', `/control/v1/account/tokens/${id}`);
  return secret;
}

/** The id of a call that this key has made. */
async function requestOf(site: Program, key: string): Promise<string> {
  const response = await fetch(`${site.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  await response.text();
  return response.headers.get('x-request-id') ?? '';
}
