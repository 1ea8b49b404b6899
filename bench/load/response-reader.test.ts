import { describe, expect, test } from 'vitest';
import { ResponseReader } from './response-reader.ts';

const counted = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nX-A: b\r\n\r\n{"a":"b\\n"}';
const chunked =
  'HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nE\r\n, my \r\n friend\r\n0\r\n\r\n';
const empty = 'HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n';

function read(pieces: readonly Buffer[]): string[] {
  const said: string[] = [];
  let body = '';
  const reader = new ResponseReader({
    head: (status) => said.push(`head ${status}`),
    body: (bytes) => {
      body += bytes.toString();
    },
    end: (status) => {
      said.push(`end ${status} ${body}`);
      body = '';
    },
  });
  for (const piece of pieces) reader.push(piece);
  return said;
}

describe('answers behind each other on one connection', () => {
  const bytes = Buffer.from(counted + chunked + empty + counted);
  const expected = [
    ...['head 200', 'end 200 {"a":"b\\n"}'],
    ...['head 201', 'end 201 hello, my \r\n friend'],
    ...['head 204', 'end 204 '],
    ...['head 200', 'end 200 {"a":"b\\n"}'],
  ];

  test('in one piece', () => expect(read([bytes])).toEqual(expected));

  test('split at every byte', () => {
    for (let at = 1; at < bytes.length; at++)
      expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected);
  });

  test('byte by byte', () => expect(read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(expected));
});

test('what it does not understand is an error', () => {
  expect(() => read([Buffer.from('HTTP/1.1 200 OK\r\n\r\nhello')])).toThrow('neither length nor chunks');
  expect(() => read([Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n')])).toThrow('size');
});
