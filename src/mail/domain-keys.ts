import { createPublicKey, generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type pg from 'pg';
import type { Secrets } from '../secrets/index.ts';

/** What mail of a domain is signed with. */
export interface SigningKey {
  readonly domain: string;
  readonly selector: string;
  /** PEM. */
  readonly privateKey: string;
  /** As it stands in DNS: base64 without line breaks. */
  readonly publicKey: string;
}

export interface DomainKeys {
  /** Makes the key on first use, once for all nodes. */
  keyFor(domain: string): Promise<SigningKey>;
}

/** RFC 8301: all receivers verify RSA of this size; Ed25519 (RFC 8463) several large ones still do not. */
const modulusLength = 2048;

interface Row {
  readonly domain: string;
  readonly selector: string;
  readonly private_key: Buffer;
  readonly public_key: string;
}

/** @param domain in lower case, as it stands in the addresses of the site's mail */
export function createDomainKeys(pool: pg.Pool, secrets: Pick<Secrets, 'seal' | 'open'>): DomainKeys {
  const known = new Map<string, Promise<SigningKey>>();
  return {
    keyFor(domain) {
      const found = known.get(domain) ?? load(pool, secrets, domain);
      known.set(domain, found);
      // A database that was away must not be remembered.
      found.catch(() => known.delete(domain));
      return found;
    },
  };
}

async function load(pool: pg.Pool, secrets: Pick<Secrets, 'seal' | 'open'>, domain: string): Promise<SigningKey> {
  const row = (await read(pool, domain)) ?? (await make(pool, secrets, domain));
  const { selector, public_key: publicKey } = row;
  return { domain, selector, publicKey, privateKey: secrets.open(row.private_key, contextOf(domain)) };
}

async function make(pool: pg.Pool, secrets: Pick<Secrets, 'seal'>, domain: string): Promise<Row> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  // A selector of its own, so that a second site can sign for the same domain.
  await pool.query(
    `insert into mail_domains (domain, selector, private_key, public_key) values ($1, $2, $3, $4)
     on conflict (domain) do nothing`,
    [domain, `s${randomBytes(4).toString('hex')}`, secrets.seal(privateKey, contextOf(domain)), publicKey],
  );
  const made = await read(pool, domain);
  if (made === null) throw new Error(`The signing key of ${domain} went away in the same moment.`);
  return made;
}

async function read(pool: pg.Pool, domain: string): Promise<Row | null> {
  const { rows } = await pool.query<Row>(
    'select domain, selector, private_key, public_key from mail_domains where domain = $1',
    [domain],
  );
  return rows[0] ?? null;
}

function contextOf(domain: string): string {
  return `mail-domain:${domain}`;
}
