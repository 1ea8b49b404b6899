import { expect, test } from 'vitest';
import { shiftIntoSight } from './in-sight.ts';

const list = { top: 60, bottom: 860 };
const item = (top: number) => ({ top, bottom: top + 36 });

test('an item comes into sight by the shortest way, and nothing moves when it stands there', () => {
  expect(shiftIntoSight(item(400), list, 80)).toBe(0);
  expect(shiftIntoSight(item(900), list, 80)).toBe(156);
  expect(shiftIntoSight(item(20), list, 80)).toBe(-120);
  // In a list that is lower than an item with its room, the item's beginning counts.
  expect(shiftIntoSight(item(200), { top: 60, bottom: 160 }, 80)).toBe(60);
});
