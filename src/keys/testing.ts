import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { siteOrganizationId } from '../base/site-organization.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { loadSecrets, type Secrets } from '../secrets/index.ts';
import { keysOf } from './scope.ts';
import { createKeyStore, type KeyStore } from './store.ts';
import type { KeyMail } from './tell.ts';

/** A database with two groups, and a key store on it. For tests. */
export interface KeyTestSite extends TestDatabase {
  readonly store: KeyStore;
  readonly secrets: Secrets;
  /** Ids that the store has announced, in order. */
  readonly changes: string[];
  /** What owners were told, in order. */
  readonly mails: KeyMail[];
  readonly notices: { readonly accountId: string; readonly kind: string }[];
}

/** The keys of the site's own organization. */
export const siteKeys = keysOf(siteOrganizationId);

export async function createKeyTestSite(): Promise<KeyTestSite> {
  const test = await createTestDatabase();
  await test.database.pool.query(catalogue);
  const secrets = await loadSecrets({ secret: 's'.repeat(40), adminToken: 't'.repeat(40), dataDir: '' });
  const changes: string[] = [];
  const mails: KeyMail[] = [];
  const notices: { accountId: string; kind: string }[] = [];
  const store = createKeyStore({
    pool: test.database.pool,
    hashKey: secrets.hashKey,
    site: 'lodge',
    onChange: (keyId) => changes.push(keyId),
    telling: {
      queueMail: async (_client, mail) => mails.push(mail),
      notify: async (_client, accountId, kind) => notices.push({ accountId, kind }),
      url: () => 'https://lodge.example',
    },
  });
  return { ...test, store, secrets, changes, mails, notices };
}

/** Makes an organization, unless it is there. */
export async function addOrganization(site: KeyTestSite, id: string): Promise<string> {
  const { pool } = site.database;
  await pool.query('insert into organizations (id, name) values ($1, $1) on conflict do nothing', [id]);
  return id;
}

/** Makes an account and, in an organization that is there, a member of it. */
export async function addMember(site: KeyTestSite, organizationId: string, accountId: string): Promise<string> {
  const { pool } = site.database;
  await pool.query('insert into accounts (id, name, email) values ($1, $1, $2) on conflict do nothing', [
    accountId,
    `${accountId}@example.test`,
  ]);
  await pool.query(`insert into members (organization_id, account_id, roles) values ($1, $2, '{developer}')`, [
    organizationId,
    accountId,
  ]);
  return accountId;
}

const catalogue = `
  insert into vendors (id, display_name, family) values ('acme', 'Acme', 'openai'), ('beta', 'Beta', 'anthropic')
    on conflict do nothing;
  insert into models (vendor_id, id, display_name, mode, released_at) values
    ('acme', 'acme-large', 'Acme Large', 'chat', now()), ('acme', 'acme-small', 'Acme Small', 'chat', now()),
    ('acme', 'acme-image', 'Acme Image', 'image', now()), ('beta', 'beta-one', 'Beta One', 'chat', now());
  insert into groups (id, display_name, vendor_id, multiplier) values
    ('acme-standard', 'Acme Standard', 'acme', 9000), ('beta-standard', 'Beta Standard', 'beta', 10000);
  insert into group_models (group_id, vendor_id, model_id) values
    ('acme-standard', 'acme', 'acme-large'), ('acme-standard', 'acme', 'acme-small'), ('beta-standard', 'beta', 'beta-one');
  insert into channels (id, group_id, name, base_url, wire) values
    ('acme-1', 'acme-standard', 'first', 'https://acme.example/v1', 'openai'),
    ('beta-1', 'beta-standard', 'first', 'https://beta.example', 'anthropic');
  insert into aliases (group_id, alias, model_id) values ('acme-standard', 'large', 'acme-large');`;

/** The same database behind a proxy on loopback that can be cut, as when the server or the way to it is gone. */
export interface CuttablePool {
  readonly pool: pg.Pool;
  cut(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function createCuttablePool(test: TestDatabase): Promise<CuttablePool> {
  const url = new URL(test.url);
  const socketDir = url.searchParams.get('host');
  const target = socketDir
    ? { path: path.join(socketDir, '.s.PGSQL.5432') }
    : { host: url.hostname, port: Number(url.port || 5432) };
  const sockets = new Set<net.Socket>();
  const proxy = net.createServer((near) => {
    const far = net.connect(target);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const port = (proxy.address() as net.AddressInfo).port;
  const { types } = test.database.connection;
  const pool = new pg.Pool({
    host: '127.0.0.1',
    port,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    ...(types ? { types } : {}),
    max: 4,
  });
  pool.on('error', () => undefined);
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => proxy.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    pool,
    cut,
    restore: () => new Promise((resolve) => proxy.listen(port, '127.0.0.1', resolve)),
    close: async () => {
      await pool.end();
      if (proxy.listening) await cut();
    },
  };
}
