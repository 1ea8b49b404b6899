import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** In PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority that no machine knows, for a test. */
export interface Authority {
  readonly cert: string;
  /** For an address of IPv4 or a host name. */
  issue(host: string): Certificate;
}

const dayMs = 86_400_000;
const ecdsaWithSha256 = [1, 2, 840, 10045, 4, 3, 2];
const commonName = [2, 5, 4, 3];
const basicConstraints = [2, 5, 29, 19];
const subjectAltName = [2, 5, 29, 17];

export function makeAuthority(): Authority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = 'Test authority';
  const isAuthority = extension(basicConstraints, sequence(der(0x01, Buffer.from([0xff]))));
  return {
    cert: certificate(
      { issuer: name, subject: name, publicKey: own.publicKey, extensions: [isAuthority] },
      own.privateKey,
    ),
    issue(host) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const isAddress = /^[\d.]+$/.test(host);
      const bytes = isAddress ? Buffer.from(host.split('.').map(Number)) : Buffer.from(host);
      const names = extension(subjectAltName, sequence(der(isAddress ? 0x87 : 0x82, bytes)));
      return {
        cert: certificate({ issuer: name, subject: host, publicKey, extensions: [names] }, own.privateKey),
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

interface Content {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

/** RFC 5280, 4.1; good from yesterday until tomorrow. */
function certificate({ issuer, subject, publicKey, extensions }: Content, signer: KeyObject): string {
  const algorithm = sequence(identifier(ecdsaWithSha256));
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    nameOf(issuer),
    sequence(time(Date.now() - dayMs), time(Date.now() + dayMs)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const whole = sequence(
    content,
    algorithm,
    der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', content, signer)])),
  );
  const lines = whole
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function nameOf(text: string): Buffer {
  return sequence(der(0x31, sequence(identifier(commonName), der(0x0c, Buffer.from(text)))));
}

function extension(id: readonly number[], value: Buffer): Buffer {
  return sequence(identifier(id), der(0x04, value));
}

function time(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der(0x17, Buffer.from(digits.slice(2)));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function identifier([first = 0, second = 0, ...rest]: readonly number[]): Buffer {
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** Tag, length and value, X.690. */
function der(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), value]);
}
