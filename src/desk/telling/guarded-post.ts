import { lookup as systemLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

export interface GuardedPost {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Asked of the address itself, in the moment of dialling: a name that answers differently the second time gains nothing. */
  readonly addressAllowed: (address: string) => boolean;
  readonly timeoutMs: number;
}

export class AddressRefused extends Error {}

/** How much of an answer is read: nobody looks at it, but a socket must be emptied. */
const answerMaxBytes = 64 * 1024;

/**
 * Posts to an address that somebody else has named. Redirects are not followed.
 *
 * @returns the HTTP status
 * @throws AddressRefused when it leads into a network of ours; Error of the network
 */
export function guardedPost({ url, body, headers, addressAllowed, timeoutMs }: GuardedPost): Promise<number> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !addressAllowed(host)) return Promise.reject(refusal());
  const client = target.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = client.request(
      target,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        lookup: guardedLookup(addressAllowed),
        // No socket is kept: one that was dialled for somebody else has passed no check of ours.
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        let seen = 0;
        response.on('data', (chunk: Buffer) => {
          seen += chunk.length;
          if (seen > answerMaxBytes) response.destroy();
        });
        response.once('close', () => resolve(response.statusCode ?? 0));
        response.once('error', () => resolve(response.statusCode ?? 0));
      },
    );
    request.once('error', reject);
    request.end(body);
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
