import { expect, test } from 'vitest';
import { addressesIn } from './addresses.ts';

test.each<[string, string[], string[]]>([
  ['', [], []],
  ['ada@example.com', ['ada@example.com'], []],
  [
    'ada@example.com, Ben@Example.com;\nchen@example.com dana@example.com',
    ['ada@example.com', 'ben@example.com', 'chen@example.com', 'dana@example.com'],
    [],
  ],
  ['Ada Lindqvist <ada@example.com>, "Okafor, Ben" <ben@example.com>', ['ada@example.com', 'ben@example.com'], []],
  ['ada@example.com ADA@example.com', ['ada@example.com'], []],
  ['ada@example, ben@@example.com', [], ['ada@example', 'ben@@example.com']],
  ['ada@example.com ben', ['ada@example.com'], ['ben']],
])('%j', (text, emails, wrong) => {
  expect(addressesIn(text)).toEqual({ emails, wrong });
});
