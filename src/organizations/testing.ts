import type pg from 'pg';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { createTestDatabase } from '../db/testing.ts';
import type { Person } from '../http/index.ts';
import { type ControlServer, gateOf, startControlServer } from '../http/testing.ts';
import { bulkKeys } from '../keys/index.ts';
import { createMail } from '../mail/index.ts';
import { notify } from '../notices/index.ts';
import { createOrganizations, type OrganizationOptions, type Organizations } from './index.ts';
import { organizationRoutes } from './routes.ts';

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: any;
}

export interface OrganizationsUnderTest {
  readonly pool: pg.Pool;
  readonly clock: ManualClock;
  readonly organizations: Organizations;
  /** Replaced by tests that need another person than the plain one. */
  readonly people: Record<string, Partial<Person>>;
  /** As `as`, an account id; nobody without. */
  call(method: string, path: string, as?: string, body?: unknown): Promise<Reply>;
  /** An account with a verified address `<id>@example.test`, named after its id. */
  account(id: string): Promise<string>;
  /** A shared organization of an owner, with members and their roles. */
  shared(name: string, owner: string, members?: Readonly<Record<string, readonly string[]>>): Promise<string>;
  key(organizationId: string, parts?: { accountId?: string; projectId?: string }): Promise<string>;
  close(): Promise<void>;
}

export async function startOrganizations(): Promise<OrganizationsUnderTest> {
  const home = await createTestDatabase();
  const { pool } = home.database;
  const clock = new ManualClock(Date.UTC(2026, 10, 21, 12));
  const site = () => ({ name: 'Lodge', supportAddress: 'support@example.test' });
  // Nothing is sealed or marked here.
  const secrets = { seal: (text: string) => Buffer.from(text), open: String, deriveKey: () => Buffer.alloc(32) };
  const mail = createMail({ database: home.database, relay: null, from: null, site, secrets, log: silentLog });
  const options: OrganizationOptions = {
    pool,
    clock,
    log: silentLog,
    notify,
    queueMail: mail.queueMail,
    keys: bulkKeys,
    url: () => 'https://example.test',
  };
  const organizations = createOrganizations(options);
  const people: Record<string, Partial<Person>> = {};
  const known = new Proxy(people, { get: (all, id: string) => ({ person: all[id] ?? {} }) });
  const gate = { ...gateOf(known as Parameters<typeof gateOf>[0]), reach: organizations.reach };
  const server: ControlServer = await startControlServer(organizationRoutes(options), { gate });
  let keys = 0;
  await pool.query(`insert into vendors (id, display_name, family) values ('openai', 'OpenAI', 'openai')`);
  await pool.query(`insert into groups (id, display_name, vendor_id) values ('g', 'G', 'openai')`);
  const under: OrganizationsUnderTest = {
    pool,
    clock,
    organizations,
    people,
    async call(method, path, as, body) {
      const from = path.startsWith('/') ? path : `/control/v1/organizations/${path}`;
      const options = { ...(as === undefined ? {} : { as }), ...(body === undefined ? {} : { body }) };
      const response = await server.call(method, from, options);
      return { status: response.status, body: JSON.parse((await response.text()) || 'null') };
    },
    async account(id) {
      await pool.query(
        `insert into accounts (id, name, email, email_verified) values ($1, $1, $2, true) on conflict do nothing`,
        [id, `${id}@example.test`],
      );
      return id;
    },
    async shared(name, owner, members = {}) {
      await under.account(owner);
      const made = await under.call('POST', '/control/v1/organizations', owner, { name });
      const { id } = made.body;
      for (const [account, roles] of Object.entries(members)) {
        await under.account(account);
        await pool.query('insert into members (organization_id, account_id, roles) values ($1, $2, $3)', [
          id,
          account,
          roles,
        ]);
      }
      return id;
    },
    async key(
      organizationId,
      { accountId = null, projectId = null }: { accountId?: string | null; projectId?: string | null } = {},
    ) {
      const id = `key_${++keys}`;
      await pool.query(
        `insert into keys (id, organization_id, account_id, project_id, group_id, name, prefix, hash)
         values ($1, $2, $3, $4, 'g', $1, $1, $5)`,
        [id, organizationId, accountId, projectId, Buffer.from(id)],
      );
      return id;
    },
    async close() {
      server.close();
      await home.drop();
    },
  };
  return under;
}
