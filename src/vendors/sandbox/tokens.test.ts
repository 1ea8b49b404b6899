import { describe, expect, test } from 'vitest';
import { countTokens, hashText, runningText, tokenize } from './tokens.ts';

describe('tokens', () => {
  // Words are cut into pieces of at most four UTF-8 bytes, by hand:
  test.each([
    ['', 0],
    ['   \n', 0],
    ['a', 1],
    ['gate', 1],
    ['gates', 2],
    ['Hello from the sandbox:', 6], // Hell o | from | the | sand box:
    ['éé', 1],
    ['ééé', 2],
    ['日本', 2],
    ['🙂🙂', 2],
    ['a🙂', 2],
    ['one  two\tthree', 4],
  ])('%j costs %i', (text, tokens) => {
    expect(countTokens(text)).toBe(tokens);
    expect(tokenize(text)).toHaveLength(tokens);
  });

  test('the pieces are the text', () => {
    for (const text of ['Hello from the sandbox:', ' a  b ', '{"né":"日本🙂"}', 'x'.repeat(99), 'end \n']) {
      expect(tokenize(text).join('')).toBe(text);
      for (const piece of tokenize(text)) expect(countTokens(piece)).toBe(1);
    }
  });

  test('running text has the length asked, depends on its seed alone, and comes back', () => {
    const pieces = runningText(hashText('a question'), 500, true);
    expect(countTokens(pieces.join(''))).toBe(500);
    expect(runningText(hashText('a question'), 500, true)).toEqual(pieces);
    expect(runningText(7, 10, true)).not.toEqual(runningText(8, 10, true));
    expect(pieces.join('')).toMatch(/[^\u0000-\u007f]/);
  });
});
