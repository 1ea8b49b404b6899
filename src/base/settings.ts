import { parseNetworks } from './client-address.ts';
import { limits } from './limits.ts';
import { parseMailRelay } from './mail-relay.ts';

/**
 * One setting of the environment. The table below is the only place where a setting is named: the reader, the
 * `.env.example` and the README's table are made from it.
 */
export interface Setting<T> {
  readonly name: string;
  /** As it stands in `.env.example`; null: unset, and `whenUnset` says what happens then. */
  readonly default: string | null;
  readonly whenUnset?: string;
  readonly help: string;
  /** Returns the value, or throws an Error whose message completes "LODGE_X must be …". */
  readonly parse: (text: string) => T;
  /** Never printed. */
  readonly secret?: boolean;
}

function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < min || value > max)
      throw new Error(`a whole number from ${min} to ${max}, not "${text}"`);
    return value;
  };
}

function oneOf<T extends string>(...choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw new Error(`one of ${choices.join(', ')}, not "${text}"`);
    return found;
  };
}

function matching(pattern: RegExp, meaning: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text)) throw new Error(`${meaning}, not "${text}"`);
    return text;
  };
}

function secretText(minLength: number): (text: string) => string {
  return (text) => {
    // The text itself is not repeated: it is half a secret already.
    if (text.length < minLength) throw new Error(`at least ${minLength} characters long`);
    return text;
  };
}

function url(...protocols: readonly string[]): (text: string) => string {
  return (text) => {
    // The text itself is not repeated: a database address holds a password.
    if (!URL.canParse(text)) throw new Error(`an address such as ${protocols[0]}//host`);
    if (!protocols.includes(new URL(text).protocol))
      throw new Error(`an address that begins with ${protocols.join(' or ')}`);
    return text;
  };
}

/** A program and its arguments; no shell reads them. */
function command(text: string): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) throw new Error('a program, with its arguments behind it');
  return words;
}

/** `lists.example.org, example.net`, in lower case. */
function domains(text: string): readonly string[] {
  const names = text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
  const wrong = names.find((name) => !/^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(name));
  if (wrong !== undefined) throw new Error(`domains such as lists.example.org, separated by commas, not "${wrong}"`);
  return names;
}

const yesNo = (text: string): boolean => oneOf('yes', 'no')(text) === 'yes';
const optional =
  <T>(parse: (text: string) => T) =>
  (text: string): T | null =>
    text === '' ? null : parse(text);

function setting<T>(
  name: string,
  fallback: string | null,
  parse: (text: string) => T,
  help: string,
  extra: { whenUnset?: string; secret?: boolean } = {},
): Setting<T> {
  return { name, default: fallback, parse, help, ...extra };
}

export const settings = {
  port: setting('LODGE_PORT', '8080', integer(0, 65535), 'Port of gateway, console and API. 0 takes a free one.'),
  host: setting(
    'LODGE_HOST',
    '127.0.0.1',
    matching(/^\S+$/, 'an address to listen on'),
    'Address to listen on. 0.0.0.0 for all.',
  ),
  dataDir: setting(
    'LODGE_DATA_DIR',
    './data',
    matching(/^.+$/, 'a directory'),
    'Journal, secrets and the embedded database.',
  ),
  databaseUrl: setting('DATABASE_URL', null, optional(url('postgres:', 'postgresql:')), 'A Postgres 15 to 18.', {
    whenUnset: 'the embedded Postgres in the data directory',
    secret: true,
  }),
  redisUrl: setting(
    'REDIS_URL',
    null,
    optional(url('redis:', 'rediss:')),
    'Redis or Valkey, for limits across several nodes.',
    {
      whenUnset: 'limits are counted in this process',
      secret: true,
    },
  ),
  secret: setting(
    'LODGE_SECRET',
    null,
    optional(secretText(32)),
    'Seals credentials and hashes keys. Keep a copy: without it neither can be read.',
    { whenUnset: 'made on first start, kept in the data directory', secret: true },
  ),
  adminToken: setting('LODGE_ADMIN_TOKEN', null, optional(secretText(24)), 'Bearer token of the admin API.', {
    whenUnset: 'made on first start, kept in the data directory',
    secret: true,
  }),
  siteName: setting(
    'LODGE_SITE_NAME',
    'Lodge',
    matching(/^[^\r\n]{1,60}$/, 'a name of 1 to 60 characters'),
    'Name of the site.',
  ),
  keySite: setting(
    'LODGE_KEY_SITE',
    'lodge',
    matching(/^[a-z0-9]{2,16}$/, '2 to 16 lower-case letters or digits'),
    'Fixed part of keys: sk-<this>-…',
  ),
  region: setting(
    'LODGE_REGION',
    'local',
    matching(/^[a-z0-9-]{1,32}$/, '1 to 32 lower-case letters, digits or dashes'),
    'Region named in records and on the base-URL page.',
  ),
  node: setting(
    'LODGE_NODE',
    'node-1',
    matching(/^[a-z0-9-]{1,32}$/, '1 to 32 lower-case letters, digits or dashes'),
    'Name of this node. Two nodes on one database need two names.',
  ),
  publicUrl: setting('LODGE_PUBLIC_URL', null, optional(url('http:', 'https:')), 'Address that customers use.', {
    whenUnset: 'http://<host>:<port>',
  }),
  trustedProxies: setting(
    'LODGE_TRUSTED_PROXIES',
    '',
    parseNetworks,
    'Addresses or networks of proxies in front, whose X-Forwarded-For is believed.',
  ),
  operatorEmail: setting(
    'LODGE_OPERATOR_EMAIL',
    'operator@lodge.localhost',
    matching(/^[^\s@]+@[^\s@]+$/, 'a mail address'),
    'Sign-in of the first operator, made on first start.',
  ),
  oidcIssuer: setting(
    'LODGE_OIDC_ISSUER',
    null,
    optional(url('https:', 'http:')),
    'OpenID Connect provider for single sign-on.',
    { whenUnset: 'no single sign-on' },
  ),
  oidcClientId: setting('LODGE_OIDC_CLIENT_ID', '', String, 'Client id at the OpenID Connect provider.'),
  oidcClientSecret: setting(
    'LODGE_OIDC_CLIENT_SECRET',
    null,
    optional(secretText(1)),
    'Client secret at the OpenID Connect provider.',
    { whenUnset: 'a public client', secret: true },
  ),
  oidcLabel: setting(
    'LODGE_OIDC_LABEL',
    'Single sign-on',
    matching(/^[^\r\n]{1,40}$/, 'a text of 1 to 40 characters'),
    'Text of the single sign-on button.',
  ),
  supportAddress: setting(
    'LODGE_SUPPORT_ADDRESS',
    'support@lodge.localhost',
    matching(/^[^\s@]+@[^\s@]+$/, 'a mail address'),
    'Shown where help is offered.',
  ),
  mailRelay: setting(
    'LODGE_MAIL_RELAY',
    null,
    optional(parseMailRelay),
    'SMTP relay for mail, such as smtp://user:password@smtp.example.com:587 (STARTTLS) or smtps://….',
    { whenUnset: 'mail is shown in the built-in outbox', secret: true },
  ),
  mailFrom: setting(
    'LODGE_MAIL_FROM',
    null,
    optional(matching(/^[^\s@<>"',;:]+@[^\s@<>"',;:]+$/, 'a mail address')),
    'Sender of mail; answers go to the support address.',
    { whenUnset: 'the support address' },
  ),
  smtpHost: setting(
    'LODGE_SMTP_HOST',
    '127.0.0.1',
    matching(/^\S+$/, 'an address to listen on'),
    'Address on which mail is taken. 0.0.0.0 for all.',
  ),
  smtpPort: setting(
    'LODGE_SMTP_PORT',
    '2525',
    integer(0, 65535),
    'Port on which mail is taken by SMTP. 0: none; mailboxes are read by IMAP alone.',
  ),
  smtpCertificate: setting(
    'LODGE_SMTP_TLS_CERT',
    null,
    optional(matching(/^.+$/, 'a file')),
    'File of the certificate chain (PEM) for STARTTLS on the mail port.',
    { whenUnset: 'STARTTLS is not offered' },
  ),
  smtpKey: setting(
    'LODGE_SMTP_TLS_KEY',
    null,
    optional(matching(/^.+$/, 'a file')),
    'File of the private key (PEM) to LODGE_SMTP_TLS_CERT.',
    { whenUnset: 'STARTTLS is not offered' },
  ),
  scanCommand: setting(
    'LODGE_SCAN_COMMAND',
    null,
    optional(command),
    'Program that judges attached files, such as clamdscan --no-summary -. It reads one on its standard input and ends with 0 (clean) or 1 (infected).',
    { whenUnset: 'files are not scanned' },
  ),
  arcSealers: setting(
    'LODGE_ARC_SEALERS',
    '',
    domains,
    'Domains of forwarders whose ARC seals are believed, separated by commas.',
  ),
  redactPersonalData: setting(
    'LODGE_REDACT_PERSONAL_DATA',
    'no',
    yesNo,
    'Whether mail addresses and phone numbers are taken out of the text of mail that comes in.',
  ),
  keyReportSecret: setting(
    'LODGE_KEY_REPORT_SECRET',
    null,
    optional(secretText(24)),
    'Shared with services that look for leaked keys: they sign their reports with it.',
    { whenUnset: 'no signed reports are taken', secret: true },
  ),
  sandbox: setting(
    'LODGE_SANDBOX',
    'yes',
    yesNo,
    'Starts the sandbox vendor and, on first start, demo groups and keys.',
  ),
  sandboxPort: setting(
    'LODGE_SANDBOX_PORT',
    '0',
    integer(0, 65535),
    'Port of the sandbox vendor on 127.0.0.1. 0 takes a free one.',
  ),
  allowPrivateUpstreams: setting(
    'LODGE_ALLOW_PRIVATE_UPSTREAMS',
    null,
    optional(yesNo),
    'Whether channels may point at loopback or private networks.',
    { whenUnset: 'yes with the embedded database, else no' },
  ),
  logLevel: setting(
    'LODGE_LOG',
    'warn',
    oneOf('debug', 'info', 'warn', 'error', 'silent'),
    'JSON lines on standard error.',
  ),
  journalSync: setting(
    'LODGE_JOURNAL_SYNC',
    'timer',
    oneOf('timer', 'always'),
    'When the journal is flushed to the disk: every second, or before every answer. A kill of the process loses nothing either way; a power cut can lose a second with timer.',
  ),
  retentionDays: setting(
    'LODGE_RETENTION_DAYS',
    '90',
    integer(1, 3650),
    'Days that request records are kept. Hourly sums stay.',
  ),
  maxJsonBody: setting(
    'LODGE_MAX_JSON_BODY',
    String(limits.jsonBodyBytes),
    integer(1024, 512 * 1024 * 1024),
    'Bytes of a JSON request body.',
  ),
  maxOpaqueBody: setting(
    'LODGE_MAX_FILE_BODY',
    String(limits.opaqueBodyBytes),
    integer(1024, 8 * 1024 * 1024 * 1024),
    'Bytes of a multipart or binary request body.',
  ),
  connectTimeout: setting('LODGE_CONNECT_TIMEOUT_MS', '5000', integer(1, 600_000), 'Time to reach an upstream.'),
  headTimeout: setting(
    'LODGE_HEAD_TIMEOUT_MS',
    '600000',
    integer(1, 3_600_000),
    'Time until the head of an upstream answer.',
  ),
  firstTokenTimeout: setting(
    'LODGE_FIRST_TOKEN_TIMEOUT_MS',
    '300000',
    integer(1, 3_600_000),
    'Time from the head to the first byte of the body.',
  ),
  idleTimeout: setting('LODGE_IDLE_TIMEOUT_MS', '300000', integer(1, 3_600_000), 'Silence in an upstream body.'),
  totalTimeout: setting('LODGE_TOTAL_TIMEOUT_MS', '3600000', integer(1, 86_400_000), 'Time for one request in all.'),
  keepAlive: setting(
    'LODGE_KEEP_ALIVE_MS',
    '15000',
    integer(0, 600_000),
    'Silence on a stream after which a comment is sent, where clients take one. 0: never.',
  ),
  drain: setting(
    'LODGE_DRAIN_MS',
    String(limits.drainMs),
    integer(0, 600_000),
    'Time that running requests have to finish after SIGTERM.',
  ),
} as const;
