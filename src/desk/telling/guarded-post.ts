import { lookup as systemLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

interface Guarded {
  readonly url: string;
  /** Asked of the address itself, in the moment of dialling: a name that answers differently the second time gains nothing. */
  readonly addressAllowed: (address: string) => boolean;
  readonly timeoutMs: number;
}

export interface GuardedPost extends Guarded {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface GuardedGet extends Guarded {
  /** A longer answer is none. */
  readonly maxBytes: number;
}

export class AddressRefused extends Error {}

/** How much of an answer to a post is read: nobody looks at it, but a socket must be emptied. */
const answerMaxBytes = 64 * 1024;

/**
 * Posts to an address that somebody else has named. Redirects are not followed.
 *
 * @returns the HTTP status
 * @throws AddressRefused when it leads into a network of ours; Error of the network
 */
export async function guardedPost({ body, headers, ...guarded }: GuardedPost): Promise<number> {
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const { status } = await request(guarded, { method: 'POST', headers: all, body, maxBytes: answerMaxBytes });
  return status;
}

/**
 * Gets what lies at an address that somebody else has named. Redirects are not followed.
 *
 * @returns null when it is not there, or too long
 * @throws AddressRefused when it leads into a network of ours; Error of the network
 */
export async function guardedGet({ maxBytes, ...guarded }: GuardedGet): Promise<Buffer | null> {
  const headers = { accept: 'image/*', 'user-agent': 'Lodge' };
  const { status, bytes } = await request(guarded, { method: 'GET', headers, body: '', maxBytes });
  return status === 200 ? bytes : null;
}

interface Sending {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly maxBytes: number;
}

function request(
  { url, addressAllowed, timeoutMs }: Guarded,
  { method, headers, body, maxBytes }: Sending,
): Promise<{ readonly status: number; readonly bytes: Buffer | null }> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !addressAllowed(host)) return Promise.reject(refusal());
  const client = target.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = client.request(
      target,
      {
        method,
        headers,
        lookup: guardedLookup(addressAllowed),
        // No socket is kept: one that was dialled for somebody else has passed no check of ours.
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const pieces: Buffer[] = [];
        let size = 0;
        let whole = false;
        response.on('data', (piece: Buffer) => {
          pieces.push(piece);
          size += piece.length;
          if (size > maxBytes) response.destroy();
        });
        response.once('end', () => {
          whole = true;
        });
        response.once('error', () => undefined);
        response.once('close', () => {
          resolve({ status: response.statusCode ?? 0, bytes: whole ? Buffer.concat(pieces) : null });
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

function guardedLookup(addressAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const [first] = addresses;
      if (first === undefined || addresses.some(({ address }) => !addressAllowed(address))) {
        return callback(refusal(), '', 0);
      }
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

function refusal(): AddressRefused {
  return new AddressRefused('The address leads into a private network, where webhooks are not sent.');
}
