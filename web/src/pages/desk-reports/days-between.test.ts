import { expect, test } from 'vitest';
import { daysBetween } from './days-between.ts';

test('every day stands in a report, also those without a ticket', () => {
  expect(daysBetween('2026-02-27T00:00:00Z', '2026-03-02T00:00:00Z')).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
  expect(daysBetween('2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z')).toEqual([]);
});
