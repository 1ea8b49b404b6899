import path from 'node:path';
import type { Closers } from './app/closers.ts';
import { openControlPlane } from './app/control-plane.ts';
import { adoptJournals, journalDir, openJournal } from './app/journal.ts';
import { openMail } from './app/mail.ts';
import { daily } from './app/schedule.ts';
import { systemClock } from './base/clock.ts';
import { type Config, privateUpstreamsAllowed } from './base/config.ts';
import { errorText } from './base/errors.ts';
import type { Log } from './base/log.ts';
import { firstStart, isPublicAddress, pruneChanges, watchCatalogue } from './catalogue/index.ts';
import { LocalCounters, RedisCounters } from './cluster/index.ts';
import { createConsole } from './console/index.ts';
import { type Database, ensurePartitions, migrate, openDatabase, openDataDir } from './db/index.ts';
import { createGateway, type Gateway } from './gateway/index.ts';
import type { Counters } from './gateway/ports.ts';
import { openApiPath } from './http/index.ts';
import { createKeyStore, ensureDemoKeys, type KeyStore, WarmKeyDirectory } from './keys/index.ts';
import { startRetention, usageReader } from './metering/index.ts';
import { notify } from './notices/index.ts';
import { checkSecret, loadSecrets, type Secrets } from './secrets/index.ts';
import { createSite } from './site/index.ts';
import { createSiteProfile, logoUrl } from './site-profile/index.ts';
import {
  gatewaySettings,
  listen,
  pages,
  profileOfSettings,
  removeRunFile,
  version,
  writeRunFile,
} from './start/index.ts';
import { type Sandbox, startSandbox } from './vendors/sandbox/index.ts';

/** A running site. */
export interface Site {
  readonly url: string;
  readonly dataDir: string;
  readonly database: 'embedded' | 'server';
  readonly sandboxUrl: string | null;
  /** Where mail is taken; null: nowhere. */
  readonly mail: { readonly address: string; readonly smtp: string } | null;
  /** How the first operator signs in, when it was made by this start. */
  readonly operator: { readonly email: string; readonly password: string } | null;
  /** Secrets of the demo keys by group; empty without the sandbox. */
  readonly demoKeys: Readonly<Record<string, string>>;
  readonly firstStart: boolean;
  /** No new work; running requests finish within the limit; the journal is applied; everything is closed. */
  stop(): Promise<void>;
}

/** What `scripts/build-console.ts` makes. */
const consoleDirectory = path.join(import.meta.dirname, '../web/dist');

/**
 * The composition root: the only place that sees every module. It opens them in the order in which they need each other
 * and closes them in the other.
 *
 * @throws AppError with a message for the operator
 */
export async function startSite(config: Config, log: Log): Promise<Site> {
  const closers: Closers = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return await open(config, log, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(config: Config, log: Log, closers: Closers, close: () => Promise<void>): Promise<Site> {
  const dataDir = await openDataDir(config.dataDir);
  closers.push(() => dataDir.release());
  const secrets = await loadSecrets({ secret: config.secret, adminToken: config.adminToken, dataDir: dataDir.path });
  const sandbox = config.sandbox ? await openSandbox(config, dataDir.path, log, closers) : null;
  const database = await openStore(config, dataDir.path, secrets, log, closers);
  const first = await firstStart(database.pool, secrets, { sandbox: config.sandbox });
  const { journal, shipping, caughtUp } = await openJournal(config, dataDir.path, database, log, closers);

  await adoptJournals(config, dataDir.path, database, log, closers);

  let url = config.publicUrl === null ? '' : trimSlash(config.publicUrl);
  const { name, supportAddress } = profileOfSettings(config);
  const profile = await createSiteProfile({
    pool: database.pool,
    log,
    defaults: { name, supportAddress, region: config.region },
  });
  closers.push(() => profile.stop());
  const mail = await openMail({ config, log, database, secrets, profile, url: () => url, closers });
  const directory = new WarmKeyDirectory({ pool: database.pool, hashKey: secrets.hashKey, log });
  const keys = createKeyStore({
    pool: database.pool,
    hashKey: secrets.hashKey,
    site: config.keySite,
    onChange: (keyId) => directory.changed(keyId),
    telling: { queueMail: mail.queueMail, notify, url: () => url },
  });
  const demoKeys = config.sandbox ? await demoSecrets(config, dataDir.path, database, secrets, keys, log) : {};
  const catalogue = await watchCatalogue(database, secrets, {
    sandboxOrigin: sandbox?.origin ?? null,
    log,
    onKeyChange: (keyId) => {
      if (keyId !== null) directory.changed(keyId);
      else
        directory
          .resync()
          .catch((error: unknown) => log.warn({ reason: errorText(error) }, 'keys could not be read again'));
    },
  });
  closers.push(() => catalogue.stop());
  const counters = openCounters(config, log, closers);
  const retention = startRetention({ database, retentionDays: config.retentionDays, log });
  closers.push(() => retention.stop());
  closers.push(
    daily(log, 'old change notes could not be deleted', () => pruneChanges(database.pool, systemClock.now())),
  );

  let gateway: Gateway | null = null;
  const openedGateway = (): Gateway => {
    if (gateway === null) throw new Error('the gateway is not open yet');
    return gateway;
  };
  const control = await openControlPlane({
    config,
    log,
    database,
    secrets,
    profile,
    mail,
    keys,
    catalogue: () => catalogue.current(),
    onKeyChange: (keyId) => directory.changed(keyId),
    journal: { directory: journalDir(dataDir.path, config), node: config.node, flush: () => shipping.flush() },
    journalLagMs: () => shipping.lagMs(),
    gateway: openedGateway,
    sandboxUrl: () => sandbox?.origin ?? null,
    url: () => url,
    closers,
  });
  const console_ = createConsole({ directory: consoleDirectory });
  const site = createSite({
    get siteName() {
      return profile.current().name;
    },
    get supportAddress() {
      return profile.current().supportAddress;
    },
    get contacts() {
      return profile.current().contact;
    },
    get logoUrl() {
      return logoUrl(profile.current().logo, url);
    },
    version,
    openApi: control.openApi,
    url: () => url,
  });
  gateway = createGateway({
    clock: systemClock,
    log,
    settings: gatewaySettings(
      config,
      () => url,
      () => profile.current(),
    ),
    catalogue: () => catalogue.current(),
    keys: directory,
    counters,
    wallet: null,
    usage: usageReader(database),
    pages: pages(
      config,
      () => url,
      () => profile.current(),
    ),
    journal,
    addressAllowed: (address, origin) =>
      privateUpstreamsAllowed(config) || origin === sandbox?.origin || isPublicAddress(address),
    elsewhere: (path) => (isControl(path) ? control.listener : (console_(path) ?? site(path))),
  });
  const { server, drain } = gateway;
  // What the last run has spent must be in the sums before keys are read.
  await caughtUp;
  // Warming is a kindness, not a condition: a key that is not warm is looked up.
  directory.preload().catch((error: unknown) => log.warn({ reason: errorText(error) }, 'keys could not be preloaded'));
  const port = await listen(server, config.host, config.port);
  closers.push(() => drain(config.drain));
  const local = `http://${reachableHost(config.host)}:${port}`;
  url ||= local;
  await writeRunFile(dataDir.path, {
    pid: process.pid,
    url: local,
    sandboxUrl: sandbox?.origin ?? null,
    startedAt: new Date().toISOString(),
  });
  closers.push(() => removeRunFile(dataDir.path));
  const smtpPort = await control.startMail();
  return {
    url,
    dataDir: dataDir.path,
    database: database.kind,
    sandboxUrl: sandbox?.origin ?? null,
    mail:
      smtpPort === null ? null : { address: profile.current().supportAddress, smtp: `${config.smtpHost}:${smtpPort}` },
    operator: control.operator,
    demoKeys,
    firstStart: first.seeded,
    stop: close,
  };
}

async function openStore(
  config: Config,
  dataDir: string,
  secrets: Secrets,
  log: Log,
  closers: Closers,
): Promise<Database> {
  const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDir, log });
  closers.push(() => database.close());
  await migrate(database.pool);
  await checkSecret(secrets, database.pool);
  await ensurePartitions(database.pool, systemClock.now());
  return database;
}

/** The three groups that a first start makes on the sandbox. */
const demoGroups = ['openai-standard', 'anthropic-standard', 'gemini-standard'];

async function demoSecrets(
  config: Config,
  dataDir: string,
  database: Database,
  secrets: Secrets,
  store: KeyStore,
  log: Log,
): Promise<Readonly<Record<string, string>>> {
  const { pool } = database;
  const { hashKey } = secrets;
  const demo = await ensureDemoKeys({ store, pool, hashKey, dataDir, site: config.keySite, groups: demoGroups });
  if (demo.lost.length > 0) log.warn({ groups: demo.lost, file: demo.file }, 'secrets of demo keys are lost');
  return demo.secrets;
}

function isControl(path: string): boolean {
  return path.startsWith('/control/') || path.startsWith('/admin/') || path.split('?', 1)[0] === openApiPath;
}

function openCounters(config: Config, log: Log, closers: Closers): Counters {
  if (config.redisUrl === null) return new LocalCounters();
  const counters = new RedisCounters({ url: config.redisUrl, node: config.node, log });
  closers.push(() => counters.close());
  return counters;
}

async function openSandbox(config: Config, dataDir: string, log: Log, closers: Closers): Promise<Sandbox> {
  const countsFile = path.join(dataDir, 'sandbox-counts.jsonl');
  const sandbox = await startSandbox({ port: config.sandboxPort, countsFile, log });
  closers.push(() => sandbox.close());
  return sandbox;
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** An address that a program on this machine can call: the wildcard addresses are none. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
