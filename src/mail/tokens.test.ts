import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMailAddress } from './address.ts';
import {
  isOwnLoopToken,
  loopToken,
  readReplyAddress,
  readReturnPath,
  readTicketMessageId,
  replyAddress,
  returnPath,
  ticketMessageId,
} from './tokens.ts';

const key = createHash('sha256').update('one').digest();
const otherKey = createHash('sha256').update('other').digest();
const id = 'mail_0123456789abcdef01234567';

const numbers = fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n });

describe('what was made is read again', () => {
  test('whatever the number, in any case of letters, with or without brackets', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const address = replyAddress(key, 'Support@Example.com', number);
        const messageId = ticketMessageId(key, number, 'example.com');
        expect(isMailAddress(address)).toBe(true);
        for (const change of [(text: string) => text.toUpperCase(), (text: string) => `<${text}>`, String]) {
          expect(readReplyAddress(key, change(address))).toBe(number);
          expect(readTicketMessageId(key, change(messageId.slice(1, -1)))).toBe(number);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('in the form that is promised', () => {
    expect(replyAddress(key, 'support@example.com', 1001n)).toMatch(/^support\+t\.1001\.[a-z2-7]{16}@example\.com$/);
    expect(ticketMessageId(key, 1001n, 'example.com')).toMatch(/^<t\.1001\.[a-z2-7]{16}\.[a-z2-7]{16}@example\.com>$/);
    const path = returnPath(key, 'support@example.com', id);
    expect(path).toMatch(/^bounces\+[0-9a-f]{24}\.[a-z2-7]{16}@example\.com$/);
    expect(isMailAddress(path)).toBe(true);
    expect(readReturnPath(key, path.toUpperCase())).toBe(id);
  });

  test('a mailbox with a tag of its own keeps it; one that leaves no room stays as it is', () => {
    expect(readReplyAddress(key, replyAddress(key, 'a+b@example.com', 7n))).toBe(7n);
    const long = `${'a'.repeat(50)}@example.com`;
    expect(replyAddress(key, long, 1001n)).toBe(long);
  });

  test('no two Message-IDs are the same', () => {
    const ids = Array.from({ length: 100 }, () => ticketMessageId(key, 1n, 'a.test'));
    expect(new Set(ids).size).toBe(100);
  });
});

describe('what was not made here is not taken', () => {
  test('another key, another number, another purpose, one changed letter', () => {
    const address = replyAddress(key, 'support@example.com', 1001n);
    const messageId = ticketMessageId(key, 1001n, 'example.com');
    const path = returnPath(key, 'support@example.com', id);
    expect(readReplyAddress(otherKey, address)).toBeNull();
    expect(readTicketMessageId(otherKey, messageId)).toBeNull();
    expect(readReturnPath(otherKey, path)).toBeNull();
    expect(readReplyAddress(key, address.replace('1001', '1002'))).toBeNull();
    expect(readTicketMessageId(key, messageId.replace('1001', '1002'))).toBeNull();
    expect(readReturnPath(key, path.replace('0123', '0124'))).toBeNull();
    // Of one purpose, for another.
    const macOfReply = /\.([a-z2-7]{16})@/.exec(address)?.[1] ?? '';
    expect(readTicketMessageId(key, `<t.1001.aaaa.${macOfReply}@example.com>`)).toBeNull();
    const last = address.indexOf('@') - 1;
    for (let at = address.indexOf('+') + 8; at <= last; at++) {
      const changed = address[at] === 'a' ? 'b' : 'a';
      expect(readReplyAddress(key, address.slice(0, at) + changed + address.slice(at + 1))).toBeNull();
    }
  });

  test('any text is answered with null', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readReplyAddress(key, text)).toBeNull();
        expect(readTicketMessageId(key, text)).toBeNull();
        expect(readReturnPath(key, text)).toBeNull();
        expect(isOwnLoopToken(key, text)).toBe(false);
      }),
    );
    expect(readReplyAddress(key, `${'+t.1'.repeat(50_000)}@example.com`)).toBeNull();
    expect(readReplyAddress(key, 'support+t.01001.aaaaaaaaaaaaaaaa@example.com')).toBeNull();
    expect(readReplyAddress(key, 'support+t.1001.@example.com')).toBeNull();
  });
});

test('a site knows its own loops, not those of others', () => {
  expect(isOwnLoopToken(key, ` ${loopToken(key)} `)).toBe(true);
  expect(isOwnLoopToken(otherKey, loopToken(key))).toBe(false);
});
