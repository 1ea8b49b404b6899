/** The last two are redacted only by setting. */
export type SecretKind =
  | 'own_key'
  | 'own_token'
  | 'vendor_key'
  | 'cloud_key'
  | 'access_token'
  | 'private_key'
  | 'authorization'
  | 'connection_string'
  | 'password'
  | 'card'
  | 'email'
  | 'phone';

/** What may be kept of a secret. */
export interface Finding {
  readonly kind: SecretKind;
  /** Whose it is, as far as its form or its label tells: `openai`, `github`, `aws`. */
  readonly issuer: string | null;
  /** Empty where four characters would be a good part of it: passwords, short tokens, private keys. */
  readonly lastFour: string;
  /** Keyed: the same secret has the same one, whatever it was broken by. */
  readonly fingerprint: string;
}

/** A whole key or access token of this site, by its checksum. In memory only: never to be logged or stored. */
export interface OwnKeyFound {
  readonly kind: 'own_key' | 'own_token';
  readonly prefix: string;
  readonly secret: string;
  readonly fingerprint: string;
}

export interface RedactionOptions {
  /** The fixed part of the site's keys: the setting `LODGE_KEY_SITE`. */
  readonly site: string;
  /** Whether mail addresses and phone numbers are redacted too. */
  readonly personalData: boolean;
  /** A keyed digest. What it answers is stored, so nobody without the key may be able to guess from it. */
  readonly fingerprint: (secret: string) => string;
}

export interface Redacted {
  readonly text: string;
  /** Each secret once, in the order in which they stand; the first 1,000. The text is redacted beyond that. */
  readonly findings: readonly Finding[];
  readonly ownKeys: readonly OwnKeyFound[];
}

/** A secret in a view: where it stands and what it is. */
export interface Spot {
  readonly start: number;
  readonly end: number;
  readonly kind: SecretKind;
  readonly issuer: string | null;
  /** Without what it was broken by. */
  readonly secret: string;
  /** The public prefix of a key or token of a lodge, which the placeholder keeps. */
  readonly prefix?: string;
  /** Whether its checksum fits: then it is certain, and worth asking whether it is in use. */
  readonly whole?: boolean;
  /** More certain ones win over those that overlap them. Default 0. */
  readonly weight?: number;
}
