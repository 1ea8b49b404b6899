import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { domainOf } from './address.ts';

/**
 * Marks that we put on mail so that what comes back finds its ticket, or the mail that bounced. Each carries a MAC, so
 * nobody can make one up. A mark names the ticket, never the writer: mail is forwarded, and marks go with it.
 *
 * Everything is in lower case, and read in any case: addresses are folded on their way. What comes back is taken with or
 * without angle brackets.
 */

/** What `deriveKey` of the site's secrets is asked for; every function here wants that key. */
export const tokenKeyPurpose = 'mail-tokens';

/** 80 bits: one guess in 10^24, each of which is a mail that we have to be sent. 16 letters in base 32. */
const macBytes = 10;
const randomPartBytes = 10;

/** RFC 5321, 4.5.3.1. */
const maxLocalLength = 64;
const maxLength = 254;

const idPrefix = 'mail_';

/**
 * Where the answers to a ticket go: `support+t.1001.<mac>@example.com`. The mailbox's own address when it is so long that
 * no mark fits.
 */
export function replyAddress(key: Buffer, mailboxAddress: string, ticketNumber: bigint): string {
  const local = `${localOf(mailboxAddress)}+t.${ticketNumber}.${mac(key, 'reply', String(ticketNumber))}`;
  const address = `${local}@${domainOf(mailboxAddress)}`;
  return local.length > maxLocalLength || address.length > maxLength ? mailboxAddress : address;
}

/** The ticket that an address of ours was made for; null for all others. */
export function readReplyAddress(key: Buffer, address: string): bigint | null {
  const [, number = '', given = ''] = /\+t\.([1-9]\d{0,18})\.([a-z2-7]+)@[^@]+$/.exec(folded(address)) ?? [];
  return number !== '' && matches(key, 'reply', number, given) ? BigInt(number) : null;
}

/** `<t.1001.<random>.<mac>@example.com>`: another one at every call. */
export function ticketMessageId(key: Buffer, ticketNumber: bigint, domain: string): string {
  const part = `${ticketNumber}.${base32(randomBytes(randomPartBytes))}`;
  return `<t.${part}.${mac(key, 'message-id', part)}@${domain}>`;
}

/** The ticket that a Message-ID of ours belongs to; null for all others. */
export function readTicketMessageId(key: Buffer, messageId: string): bigint | null {
  const pattern = /^t\.(([1-9]\d{0,18})\.[a-z2-7]+)\.([a-z2-7]+)@[^@]+$/;
  const [, part = '', number = '', given = ''] = pattern.exec(folded(messageId)) ?? [];
  return number !== '' && matches(key, 'message-id', part, given) ? BigInt(number) : null;
}

/**
 * Where the bounces of one mail go. own: `bounces+<id>.<mac>@example.com`, where all mail of the mailbox's domain comes to
 * us. tagged: `support+b.<id>.<mac>@example.com`, where only the mailbox is ours; the mailbox's own address when it is so
 * long that no mark fits.
 */
export function returnPath(
  key: Buffer,
  mailboxAddress: string,
  outboxId: string,
  form: 'own' | 'tagged' = 'own',
): string {
  const id = outboxId.startsWith(idPrefix) ? outboxId.slice(idPrefix.length) : outboxId;
  const head = form === 'own' ? 'bounces+' : `${localOf(mailboxAddress)}+b.`;
  const local = `${head}${id}.${mac(key, 'return-path', id)}`;
  const address = `${local}@${domainOf(mailboxAddress)}`;
  return local.length > maxLocalLength || address.length > maxLength ? mailboxAddress : address;
}

/** The id of the mail in the outbox whose return path this is; null for all others. */
export function readReturnPath(key: Buffer, address: string): string | null {
  const pattern = /(?:^bounces\+|\+b\.)([0-9a-f]{24})\.([a-z2-7]+)@[^@]+$/;
  const [, id = '', given = ''] = pattern.exec(folded(address)) ?? [];
  return id !== '' && matches(key, 'return-path', id, given) ? `${idPrefix}${id}` : null;
}

/** Header of all our mail: what comes in with our own value went out here, and must not be answered. */
export const loopHeader = 'X-Loop';

export function loopToken(key: Buffer): string {
  return mac(key, 'loop', '');
}

export function isOwnLoopToken(key: Buffer, value: string): boolean {
  return matches(key, 'loop', '', folded(value));
}

function folded(text: string): string {
  return text
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase();
}

function localOf(address: string): string {
  return address.slice(0, address.lastIndexOf('@')).toLowerCase();
}

function mac(key: Buffer, purpose: 'reply' | 'message-id' | 'return-path' | 'loop', text: string): string {
  const digest = createHmac('sha256', key).update(`${purpose}\n${text}`).digest();
  return base32(digest.subarray(0, macBytes));
}

function matches(key: Buffer, purpose: Parameters<typeof mac>[1], text: string, given: string): boolean {
  const wanted = Buffer.from(mac(key, purpose, text));
  const bytes = Buffer.from(given);
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
}

/** RFC 4648 without padding, in lower case: letters that survive every change of case. */
function base32(bytes: Uint8Array): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += letters[(value >>> bits) & 31] ?? '';
    }
  }
  return bits === 0 ? text : text + (letters[(value << (5 - bits)) & 31] ?? '');
}
