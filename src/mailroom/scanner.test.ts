import { expect, test } from 'vitest';
import { programScanner } from './scanner.ts';

const scanner = (script: string, timeoutMs?: number) => programScanner(['sh', '-c', script], timeoutMs);
const file = Buffer.from('a file with the word eicar in it');

test('the program judges by its exit code what it reads', async () => {
  const judge = scanner('if grep -q eicar; then exit 1; else exit 0; fi');
  expect(await judge(file)).toBe('infected');
  expect(await judge(Buffer.from('a plain file'))).toBe('clean');
});

test('it may judge before it has read all', async () => {
  expect(await scanner('exit 0')(Buffer.alloc(5_000_000))).toBe('clean');
});

test.each([
  ['fails', scanner('exit 2')],
  ['is killed', scanner('kill -9 $$')],
  ['never answers', scanner('exec sleep 60', 200)],
  ['is not there', programScanner(['/nowhere/scanner'])],
])('what %s has judged nothing', async (_, judge) => {
  await expect(judge(file)).rejects.toMatchObject({ code: 'scanner_away' });
});
