import { expect, test } from 'vitest';
import { readDraft } from './draft.ts';
import { foldedAt } from './message-text.tsx';
import { sizeText } from './size-text.ts';
import { base64Of } from './upload.ts';

test('what the browser keeps is read as a draft only when it is one', () => {
  expect(readDraft('{"text":"Hello","at":"2026-11-21T08:00:00Z"}')).toEqual({
    text: 'Hello',
    at: '2026-11-21T08:00:00Z',
  });
  for (const other of [null, '', '{', '[]', '"text"', '{"text":1,"at":"x"}']) expect(readDraft(other)).toBeNull();
});

test('a long text is cut at the end of a line, a short one is not', () => {
  expect(foldedAt('short\ntext')).toBeNull();
  const log = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n');
  const cut = foldedAt(log) ?? 0;
  expect(log.slice(0, cut).split('\n')).toHaveLength(40);
  expect(foldedAt('x'.repeat(9_000))).toBe(4_000);
});

test('sizes', () => {
  const write = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat('en', options).format(value);
  expect([900, 1_234, 25_000_000].map((bytes) => sizeText(bytes, write))).toEqual(['900 B', '1.2 kB', '25 MB']);
});

test('bytes as base64, however many', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
