import { expect, test } from 'vitest';
import { csvRow } from './csv.ts';

test('quotes what needs it and leaves the rest', () => {
  expect(csvRow(['a', 'b, c', 'say "hi"', 'two\nlines', 12, 3n, true, null])).toBe(
    'a,"b, c","say ""hi""","two\nlines",12,3,true,\r\n',
  );
});

test('no text becomes a formula, and negative numbers stay numbers', () => {
  for (const text of ['=1+1', '+1', '@SUM(A1)', '-1+cmd', '\t=1', '\r=1', '＝1']) {
    expect(csvRow([text])).toMatch(/^"?'/);
  }
  expect(csvRow(['-12.5', '1.5'])).toBe('-12.5,1.5\r\n');
});
