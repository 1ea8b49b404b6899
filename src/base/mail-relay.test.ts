import { describe, expect, it } from 'vitest';
import { isLoopbackHost, parseMailRelay } from './mail-relay.ts';

const open = { credentials: null };

describe('parseMailRelay', () => {
  it.each([
    ['smtp://smtp.example.com', { host: 'smtp.example.com', port: 587, tls: 'required', ...open }],
    ['smtp://smtp.example.com:25/', { host: 'smtp.example.com', port: 25, tls: 'required', ...open }],
    ['smtps://smtp.example.com', { host: 'smtp.example.com', port: 465, tls: 'implicit', ...open }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, tls: 'optional', ...open }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, tls: 'optional', ...open }],
    ['smtp://localhost?tls=required', { host: 'localhost', port: 587, tls: 'required', ...open }],
    ['smtp://mailpit:1025?tls=optional', { host: 'mailpit', port: 1025, tls: 'optional', ...open }],
    [
      'smtp://ada%40example.com:p%2Fa%3Fs%25@smtp.example.com',
      {
        host: 'smtp.example.com',
        port: 587,
        tls: 'required',
        credentials: { user: 'ada@example.com', password: 'p/a?s%' },
      },
    ],
  ])('%s', (text, relay) => {
    expect(parseMailRelay(text)).toEqual(relay);
  });

  it.each([
    'smtp.example.com:587',
    'http://smtp.example.com',
    'smtp://',
    'smtp://user:hunter2/x@smtp.example.com',
    'smtp://user:hunter2@smtp.example.com/path',
    'smtp://user:hunter2@smtp.example.com#x',
    'smtp://user@smtp.example.com',
    'smtp://:hunter2@smtp.example.com',
    'smtp://user:hunter2%zz@smtp.example.com',
    'smtp://user:hunter2@smtp.example.com?tls=optional',
    'smtp://smtp.example.com?tls=no',
    'smtp://smtp.example.com?verify=no',
    'smtp://smtp.example.com?tls=required&tls=optional',
    'smtps://smtp.example.com?tls=optional',
  ])('refuses %s, and repeats no password', (text) => {
    expect(() => parseMailRelay(text)).toThrow(/^an /);
    expect(() => parseMailRelay(text)).not.toThrow(/hunter2/);
  });
});

it('knows the names of this machine', () => {
  const own = [
    'localhost',
    'LOCALHOST',
    'lodge.localhost',
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '[::1]',
    '::ffff:127.0.0.1',
  ];
  const others = ['localhost.example.com', '127.0.0.1.example.com', '0.0.0.0', '::', '10.0.0.1', 'example.com', ''];
  for (const host of own) expect(isLoopbackHost(host), host).toBe(true);
  for (const host of others) expect(isLoopbackHost(host), host).toBe(false);
});
