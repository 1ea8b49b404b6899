import { expect, test } from 'vitest';
import { type Change, ChangeCursor } from './change-cursor.ts';

function changes(...numbers: number[]): Change[] {
  return numbers.map((number) => ({ number, kind: 'key', subject: `k${number}` }));
}

function numbers(taken: Change[]): number[] {
  return taken.map((change) => change.number);
}

test('each change is heard of once', () => {
  const cursor = new ChangeCursor(5);
  expect(numbers(cursor.take(changes(6, 7), 0))).toEqual([6, 7]);
  expect(cursor.from).toBe(7);
  expect(cursor.take(changes(6, 7), 0)).toEqual([]);
});

test('a number that commits late is still heard of', () => {
  const cursor = new ChangeCursor(5);
  expect(numbers(cursor.take(changes(7, 9), 0))).toEqual([7, 9]);
  expect(cursor.from).toBe(5);
  expect(numbers(cursor.take(changes(6, 7, 9), 30_000))).toEqual([6]);
  expect(cursor.from).toBe(7);
  expect(numbers(cursor.take(changes(8, 9), 59_999))).toEqual([8]);
  expect(cursor.from).toBe(9);
});

test('numbers that were rolled back are given up together', () => {
  const cursor = new ChangeCursor(0);
  cursor.take(changes(100, 200), 0);
  cursor.take(changes(100, 200), 59_999);
  expect(cursor.from).toBe(0);
  cursor.take(changes(100, 200), 60_000);
  expect(cursor.from).toBe(200);
  expect(numbers(cursor.take(changes(201), 60_001))).toEqual([201]);
  expect(cursor.from).toBe(201);
});

test('nothing read, nothing moved', () => {
  const cursor = new ChangeCursor(3);
  expect(cursor.take([], 1e9)).toEqual([]);
  expect(cursor.from).toBe(3);
});
