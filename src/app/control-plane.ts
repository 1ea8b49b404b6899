import { systemClock } from '../base/clock.ts';
import { type Config, privateUpstreamsAllowed } from '../base/config.ts';
import type { Log } from '../base/log.ts';
import { siteOrganizationId } from '../base/site-organization.ts';
import { createCustomers } from '../customers/index.ts';
import { type Database, isDatabaseAway } from '../db/index.ts';
import type { Gateway } from '../gateway/index.ts';
import { createControlApp, type Gate, openApiDocument, type Route } from '../http/index.ts';
import { createReplays } from '../idempotency/index.ts';
import { createIdentity, deviceWords, type Identity } from '../identity/index.ts';
import { bulkKeys, type KeyStore, warnAboutKeys } from '../keys/index.ts';
import { type Mail, outboxIsOpen } from '../mail/index.ts';
import { notify, pruneNotifications } from '../notices/index.ts';
import { createOrganizations, type Organizations } from '../organizations/index.ts';
import type { Secrets } from '../secrets/index.ts';
import type { SiteProfile, SiteProfileStore } from '../site-profile/index.ts';
import { docsBaseUrl, ownOrigins, version } from '../start/index.ts';
import { openAnswering } from './answering.ts';
import type { Closers } from './closers.ts';
import { openDesk } from './desk.ts';
import { openMailroom } from './mailroom.ts';
import { type ControlParts, controlRoutes } from './routes.ts';
import { daily, everyMinutes, hourly } from './schedule.ts';

/** What the control plane is made from. Functions are asked at each call: some of it is known only when all is open. */
export interface ControlPlaneOptions {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly profile: SiteProfileStore;
  readonly mail: Mail;
  readonly keys: KeyStore;
  /** The view that the gateway serves by. */
  readonly catalogue: ControlParts['offers']['catalogue'];
  /** Told of keys that changed, so that this node's gateway knows at once. */
  readonly onKeyChange: (keyId: string) => void;
  readonly journal: ControlParts['metering']['journal'];
  /** Age of the oldest journal entry that reports do not have yet; null: not known. */
  readonly journalLagMs: () => Promise<number | null>;
  readonly gateway: () => Gateway;
  readonly sandboxUrl: () => string | null;
  /** The address that people use, without a slash at the end. */
  readonly url: () => string;
  readonly closers: Closers;
}

export interface ControlPlane {
  readonly listener: ReturnType<typeof createControlApp>;
  /** The document that it serves, for the reference page. */
  readonly openApi: () => string;
  /** Sign-in of the first operator, when it was made now: the password is known nowhere else. */
  readonly operator: { readonly email: string; readonly password: string } | null;
  /** Begins to take mail, when the site's address is known: answers hold links. @returns the port, or null */
  startMail(): Promise<number | null>;
}

/** Opens accounts, organizations, mail and what stands on them, and makes their endpoints. */
export async function openControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { config, log, database, secrets, profile, mail, url, closers } = options;
  const { pool } = database;
  const organizationOptions = {
    pool,
    clock: systemClock,
    log,
    queueMail: mail.queueMail,
    notify,
    keys: bulkKeys,
    onKeysChanged: (keyIds: readonly string[]) => keyIds.forEach(options.onKeyChange),
    url,
  };
  const organizations = createOrganizations(organizationOptions);
  const identity = openIdentity(options, organizations, mail.queueMail);
  const operator = await identity.ensureOperator({
    email: config.operatorEmail,
    locale: profile.current().defaultLanguage,
    addOwner: (client, accountId) => organizations.addOwner(client, siteOrganizationId, accountId),
  });
  const replays = createReplays({ pool, seal: secrets.seal, open: secrets.open, clock: systemClock });
  closers.push(
    hourly(log, 'answers to repeated writes could not be swept', () => replays.sweep()),
    everyMinutes(10, log, 'keys near a limit or their end could not be told of', () =>
      warnAboutKeys({ pool, clock: systemClock, notify }),
    ),
    hourly(log, 'accounts that were never verified could not be deleted', () => identity.deleteUnverified()),
    daily(log, 'what has ended of accounts could not be swept', () => identity.sweep()),
    daily(log, 'old notifications could not be deleted', () => pruneNotifications(pool, systemClock.now())),
  );
  const outboxVisible = () =>
    outboxIsOpen({
      relay: config.mailRelay,
      host: config.host,
      publicUrl: config.publicUrl,
      proxied: config.trustedProxies.length > 0,
    });
  const customers = createCustomers({
    pool,
    keys: bulkKeys,
    log,
    clock: systemClock,
    deviceWords,
    channelStates: () => options.gateway().channels,
    runningCalls: () => options.gateway().running,
    journalLagMs: options.journalLagMs,
  });
  const answering = openAnswering(options);
  const desk = await openDesk(options, answering);
  const opened = await openMailroom(options, answering, desk.steps);
  const routes = controlRoutes({
    answers: answering.answers,
    audit: { pool, deviceWords },
    catalogue: {
      database,
      sealer: secrets,
      allowPrivate: privateUpstreamsAllowed(config),
      channelTests: { probe: (channel) => options.gateway().probe(channel), sandboxOrigin: options.sandboxUrl },
    },
    customers,
    desk: desk.parts,
    identity,
    keys: options.keys,
    keyReports: answering.keyReports,
    mail: { pool, mail, outboxVisible },
    mailroom: opened.routes,
    metering: { database, journal: options.journal, sandboxUrl: options.sandboxUrl },
    notices: { pool },
    offers: {
      catalogue: options.catalogue,
      regions: () => apiRegions(config, profile.current(), url()),
      clock: systemClock,
    },
    organizations: organizationOptions,
    profile,
    surroundings: { version, url, sso: () => ssoLabel(config), outboxVisible },
  });
  const gate: Gate = { ...identity.gate, reach: organizations.reach };
  const listener = controlApp(options, routes, gate, replays);
  const openApi = () => openApiDocument(routes, { version, siteName: profile.current().name });
  const startMail = async () => {
    await opened.mailroom.start();
    return opened.mailroom.port();
  };
  return { listener, openApi, operator, startMail };
}

function openIdentity(
  { config, log, database, secrets, profile, url }: ControlPlaneOptions,
  organizations: Organizations,
  queueMail: ControlParts['organizations']['queueMail'],
): Identity {
  return createIdentity({
    pool: database.pool,
    log,
    secret: secrets.deriveKey('sign-in'),
    hashToken: secrets.hashKey,
    keySite: config.keySite,
    url,
    siteName: () => profile.current().name,
    registrationOpen: () => profile.current().registration === 'open',
    sso:
      config.oidcIssuer === null
        ? null
        : {
            label: config.oidcLabel,
            issuer: config.oidcIssuer,
            clientId: config.oidcClientId,
            clientSecret: config.oidcClientSecret ?? '',
            signUp: () => profile.current().registration === 'open',
            trustEmail: false,
          },
    queueMail,
    notify,
    onAccountCreated: async (client, account) => {
      await organizations.makePersonalOrganization(client, account);
    },
    soleOwnerships: organizations.soleOwnerships,
    hasBelongings: organizations.hasBelongings,
    onAccountDeleting: organizations.releaseAccount,
    organizationsOf: organizations.organizationsOf,
    suspendedOf: organizations.suspendedOf,
    isInvited: organizations.isInvited,
  });
}

function controlApp(
  { config, log, secrets, profile, url }: ControlPlaneOptions,
  routes: readonly Route[],
  gate: Gate,
  replays: ReturnType<typeof createReplays>,
): ControlPlane['listener'] {
  return createControlApp({
    routes,
    adminToken: secrets.adminToken,
    gate,
    replays,
    ownOrigins: () => ownOrigins(config, url()),
    trustedProxies: config.trustedProxies,
    log,
    version,
    siteName: profile.current().name,
    docsBaseUrl: config.publicUrl ? docsBaseUrl(url()) : '/docs',
    databaseAway: isDatabaseAway,
  });
}

/** Where customers' tools call, by region; a site without regions of its own is one. */
function apiRegions(config: Config, profile: SiteProfile, url: string) {
  if (profile.regions === null) return [{ name: config.region, apiBaseUrl: url }];
  return profile.regions.map(({ name, api_base_url }) => ({ name, apiBaseUrl: api_base_url }));
}

function ssoLabel(config: Config): { readonly label: string } | null {
  return config.oidcIssuer === null ? null : { label: config.oidcLabel };
}
