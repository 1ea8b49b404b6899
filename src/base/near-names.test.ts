import { expect, test } from 'vitest';
import { nearNames } from './near-names.ts';

test('the nearest first, at most three, nothing far', () => {
  const names = ['gpt-5.4', 'gpt-5.4-mini', 'gpt-5.5', 'claude-opus-4-8', 'gpt-image-2'];
  expect(nearNames('gpt-5.4-mimi', names)[0]).toBe('gpt-5.4-mini');
  expect(nearNames('GPT5.4', names)[0]).toBe('gpt-5.4');
  expect(nearNames('gpt', names)).toHaveLength(3);
  expect(nearNames('zzzzzzzzzz', names)).toEqual([]);
  expect(nearNames('', names)).toEqual([]);
});

test('a very long name and very many names take no time', () => {
  const names = Array.from({ length: 5_000 }, (_, i) => `model-${i}-${'x'.repeat(150)}`);
  const startedMs = performance.now();
  nearNames('m'.repeat(100_000), names);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});
