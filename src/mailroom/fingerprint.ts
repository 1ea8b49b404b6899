import { createHash } from 'node:crypto';
import { type HeaderLine, messageIdsIn, readHeaderBlock, valuesOf } from './header-block.ts';

/** What tells one mail from another. */
export interface MailFingerprint {
  /** With its angle brackets; made from the content when the mail has none. */
  readonly messageId: string;
  /** Of all bytes. */
  readonly sha256: Buffer;
  /** Of what the writer wrote: the same by whichever way it came. */
  readonly contentSha256: Buffer;
}

/** Headers that no host on the way changes. All others (Received, Delivered-To, …) differ with the way. */
const writtenHeaders: ReadonlySet<string> = new Set([
  'from',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'reply-to',
  'content-type',
  'content-transfer-encoding',
]);

export function fingerprintOf(raw: Buffer): MailFingerprint {
  const { lines, bodyAt } = readHeaderBlock(raw);
  const contentSha256 = contentHash(lines, raw.subarray(bodyAt));
  const sha256 = createHash('sha256').update(raw).digest();
  return { messageId: messageIdOf(lines) ?? madeUpId(contentSha256), sha256, contentSha256 };
}

function contentHash(lines: readonly HeaderLine[], body: Buffer): Buffer {
  const hash = createHash('sha256');
  for (const { name, value } of lines) {
    if (writtenHeaders.has(name)) hash.update(`${name}:${value.replace(/\s+/g, ' ')}\n`, 'latin1');
  }
  return hash.update('\n').update(withoutLineEnds(body)).digest();
}

/** Relays change line ends, and add or drop empty lines at the end. */
function withoutLineEnds(body: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(body.length);
  let length = 0;
  let end = 0;
  for (const byte of body) {
    if (byte === 0x0d) continue;
    kept[length++] = byte;
    if (byte !== 0x0a) end = length;
  }
  return kept.subarray(0, end);
}

function messageIdOf(lines: readonly HeaderLine[]): string | null {
  const value = valuesOf(lines, 'message-id')[0] ?? '';
  const [id] = messageIdsIn(value);
  if (id !== undefined) return id;
  const bare = /^[^\s<>\x00-\x1f\x7f]{1,500}$/.exec(value)?.[0];
  return bare === undefined ? null : `<${bare}>`;
}

function madeUpId(contentSha256: Buffer): string {
  return `<${contentSha256.toString('hex').slice(0, 40)}@message-id.invalid>`;
}
