import type { SecretKind, Spot } from './kinds.ts';

/**
 * What stands in place of a secret: plain words that a full-text search finds, the same in both languages, the last four
 * characters where they give nothing away, and for a key or token of a lodge its public prefix.
 */
const words: Readonly<Record<SecretKind, string>> = {
  own_key: 'API key',
  own_token: 'access token',
  vendor_key: 'key',
  cloud_key: 'key',
  access_token: 'token',
  private_key: 'private key',
  authorization: 'authorization',
  connection_string: 'connection password',
  password: 'password',
  card: 'card',
  email: 'mail address',
  phone: 'phone number',
};

const withIssuer: ReadonlySet<SecretKind> = new Set(['vendor_key', 'cloud_key', 'access_token']);
const withoutEnd: ReadonlySet<SecretKind> = new Set(['private_key', 'connection_string', 'password', 'email']);

/** From here on four characters are a small part of a secret. */
const shortest = 20;

/** A placeholder as it stands in a text, so that redacting again leaves it alone. */
export const placeholderForm =
  /\[(?:[a-z0-9]{2,20} (?:key|token)|API key|access token|private key|authorization|connection password|password|card|mail address|phone number)(?: (?:sk|pat)-[a-z0-9]{2,16}-[0-9A-Za-z]{8})?(?: …[0-9A-Za-z]{0,4})?\]/g;

export function placeholderOf(spot: Spot): string {
  const { kind, issuer, prefix } = spot;
  const named = withIssuer.has(kind) && prefix === undefined ? `${issuer ?? 'api'} ${words[kind]}` : words[kind];
  const noun = kind === 'vendor_key' && prefix !== undefined ? 'API key' : named;
  const end = lastFourOf(spot);
  return `[${noun}${prefix === undefined ? '' : ` ${prefix}`}${end === '' && prefix === undefined ? '' : ` …${end}`}]`;
}

/** Four letters or digits at most, and none of a secret that they would give away. */
export function lastFourOf({ kind, secret, prefix }: Spot): string {
  // Whole headers and whatever holds pairs: the end may be a short value of its own.
  if (withoutEnd.has(kind) || /[=;\s]/.test(secret)) return '';
  const hiddenLength = secret.length - (prefix?.length ?? 0);
  if (hiddenLength < (kind === 'card' ? 12 : kind === 'phone' ? 10 : shortest)) return '';
  return secret
    .slice(-24)
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .slice(-4);
}
