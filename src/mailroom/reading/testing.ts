import type { Resolver } from '../resolver.ts';
import { emptyDns } from '../testing.ts';
import { readRaw } from './read.ts';
import type { Reading, ReadJob } from './reading.ts';

const envelope: ReadJob['envelope'] = {
  from: 'ada@example.com',
  to: ['support@lodge.localhost'],
  helo: 'peer.example.com',
  ipAddress: '203.0.113.9',
};

export const tokenKey = Buffer.alloc(32, 1);

/** Reads a mail here, without a thread. */
export function readMail(
  raw: string | Buffer,
  parts: Partial<ReadJob> = {},
  dns: Resolver = emptyDns,
): Promise<Reading> {
  const job: ReadJob = {
    raw: Buffer.from(raw),
    site: 'lodge',
    personalData: false,
    fingerprintKey: Buffer.alloc(32, 2),
    tokenKey,
    arcSealers: [],
    authenticate: true,
    ...parts,
    envelope: { ...envelope, ...parts.envelope },
  };
  return readRaw(
    job,
    (name, type) => dns(name, type, 1),
    () => undefined,
  );
}

/** Header lines and body as one mail. */
export function mailOf(headers: readonly string[], body: string | Buffer, from = 'Ada <ada@example.com>'): Buffer {
  const head = [`From: ${from}`, 'Message-ID: <x@example.com>', ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

export interface Part {
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: readonly string[];
}

export function multipart(
  kind: string,
  parts: readonly Part[],
  boundary = 'b0undary',
): { headers: string[]; body: Buffer } {
  const pieces = parts.map(({ type, body, headers = [] }) =>
    Buffer.concat([
      Buffer.from([`--${boundary}`, `Content-Type: ${type}`, ...headers, '', ''].join('\r\n')),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ]),
  );
  return {
    headers: ['MIME-Version: 1.0', `Content-Type: multipart/${kind}; boundary="${boundary}"`],
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
