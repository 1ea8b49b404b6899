import { expect, test } from 'vitest';
import { clientAddress, parseNetworks } from './client-address.ts';

const trusted = parseNetworks('10.0.0.0/8, ::1');

test('a header from nobody we trust is not believed', () => {
  expect(clientAddress('203.0.113.7', '1.2.3.4', trusted)).toBe('203.0.113.7');
  expect(clientAddress('::ffff:203.0.113.7', undefined, trusted)).toBe('203.0.113.7');
  expect(clientAddress('127.0.0.1', '9.9.9.9', parseNetworks(''))).toBe('127.0.0.1');
});

test('behind trusted proxies the nearest stranger counts, whatever the client wrote before it', () => {
  expect(clientAddress('10.0.0.1', '9.9.9.9, 203.0.113.7', trusted)).toBe('203.0.113.7');
  expect(clientAddress('10.0.0.1', '9.9.9.9, 203.0.113.7, 10.9.9.9', trusted)).toBe('203.0.113.7');
  expect(clientAddress('::1', '2001:db8::1', trusted)).toBe('2001:db8::1');
  expect(clientAddress('10.0.0.1', '10.0.0.2', trusted)).toBe('10.0.0.2');
  expect(clientAddress('10.0.0.1', '203.0.113.7, nonsense', trusted)).toBe('10.0.0.1');
});

test('what is no network is refused by name', () => {
  expect(() => parseNetworks('10.0.0.0/8, proxy.example')).toThrow('"proxy.example"');
});
