import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import path from 'node:path';
import { AppError } from '../base/errors.ts';
import { readOrMake } from './secret-file.ts';

export interface SecretSources {
  /** LODGE_SECRET; null: the file `secret` of the data directory, made when missing. */
  readonly secret: string | null;
  /** LODGE_ADMIN_TOKEN; null: the file `admin-token` of the data directory, made when missing. */
  readonly adminToken: string | null;
  readonly dataDir: string;
}

export interface Secrets {
  /** Bearer token of the admin API. */
  readonly adminToken: string;
  /**
   * AES-256-GCM. `context` names what the text is for and where it stands (`channel:<id>`): it is needed again to open,
   * so a sealed text that was moved to another row opens nowhere.
   */
  seal(plaintext: string, context: string): Buffer;
  /** @throws AppError `sealed_unreadable` when the secret or the context is another, or the bytes were changed */
  open(sealed: Buffer, context: string): string;
  /** As `seal` and `open`, for what is no text: mail as it came, files. */
  sealBytes(bytes: Uint8Array, context: string): Buffer;
  openBytes(sealed: Buffer, context: string): Buffer;
  /** HMAC-SHA256 of a customer's key, 32 bytes. Takes about 2 µs. */
  hashKey(secret: string): Buffer;
  /** 32 bytes for one purpose, the same on every start. Different purposes tell nothing about each other. */
  deriveKey(purpose: string): Buffer;
}

const fileNames = { secret: 'secret', adminToken: 'admin-token' } as const;
/** First byte of a sealed text, so that another cipher can follow one day. */
const sealVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Reads the secrets, making on first start those that are not given. The data directory must be open.
 *
 * @throws AppError `secret_file_invalid`
 */
export async function loadSecrets(sources: SecretSources): Promise<Secrets> {
  const file = (name: string) => path.join(sources.dataDir, name);
  const random = () => randomBytes(32).toString('base64url');
  const master = sources.secret ?? (await readOrMake(file(fileNames.secret), 32, random));
  const adminToken =
    sources.adminToken ?? (await readOrMake(file(fileNames.adminToken), 24, () => `lodge_admin_${random()}`));
  return makeSecrets(master, adminToken);
}

function makeSecrets(master: string, adminToken: string): Secrets {
  const deriveKey = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', master, 'lodge', purpose, 32));
  const sealKey = createSecretKey(deriveKey('seal'));
  // Prepared once: making the key object costs as much as the hash.
  const hashKey = createSecretKey(deriveKey('key-hash'));
  return {
    adminToken,
    deriveKey,
    seal: (plaintext, context) => seal(sealKey, plaintext, context),
    open: (sealed, context) => open(sealKey, sealed, context).toString('utf8'),
    sealBytes: (bytes, context) => seal(sealKey, bytes, context),
    openBytes: (sealed, context) => open(sealKey, sealed, context),
    hashKey: (secret) => createHmac('sha256', hashKey).update(secret).digest(),
  };
}

function seal(key: KeyObject, plaintext: string | Uint8Array, context: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
  const body = [cipher.update(bytes), cipher.final()];
  return Buffer.concat([Buffer.of(sealVersion), nonce, cipher.getAuthTag(), ...body]);
}

function open(key: KeyObject, sealed: Buffer, context: string): Buffer {
  try {
    if (sealed[0] !== sealVersion) throw new Error(`unknown seal version ${sealed[0]}`);
    const tagAt = 1 + nonceBytes;
    const bodyAt = tagAt + tagBytes;
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, tagAt), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(sealed.subarray(tagAt, bodyAt));
    return Buffer.concat([decipher.update(sealed.subarray(bodyAt)), decipher.final()]);
  } catch (cause) {
    throw new AppError(
      'sealed_unreadable',
      `A sealed value (${context}) cannot be read: it was sealed under another LODGE_SECRET, or changed since. Put the secret back, or set the value again.`,
      { cause },
    );
  }
}
