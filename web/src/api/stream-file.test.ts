import { expect, test } from 'vitest';
import { fileName, streamed } from './stream-file.ts';

const answerOf = (pieces: readonly string[], end: 'ends' | 'breaks') =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        if (end === 'ends') controller.close();
      },
      pull(controller) {
        controller.error(new Error('reset'));
      },
    }),
    { headers: { 'content-disposition': 'attachment; filename="audit-org_1.csv"', 'content-type': 'text/csv' } },
  );

test('a file is put together, and its lines are counted as they come', async () => {
  const seen: number[] = [];
  const file = await streamed(answerOf(['at,action\n1,', 'a\n2,b\n', '3,c\n'], 'ends'), 'audit.csv', (n) =>
    seen.push(n),
  );
  expect(file.name).toBe('audit-org_1.csv');
  expect(await file.blob.text()).toBe('at,action\n1,a\n2,b\n3,c\n');
  expect(file.blob.type).toBe('text/csv');
  expect(seen).toEqual([1, 3, 4]);
});

test('one that breaks off is no file', async () => {
  await expect(streamed(answerOf(['at\n'], 'breaks'), 'audit.csv', () => {})).rejects.toMatchObject({
    code: 'network_unreachable',
  });
});

test.each([
  ['attachment; filename="audit.csv"', 'audit.csv'],
  ['attachment; filename="../audit.csv"', null],
  [null, null],
])('the name in %s', (disposition, name) => {
  expect(fileName(disposition)).toBe(name);
});
