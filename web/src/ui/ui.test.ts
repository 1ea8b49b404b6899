import { describe, expect, test } from 'vitest';
import { placeFloat } from './anchored.ts';
import { initials } from './initials.ts';
import { sparkPoints } from './sparkline.tsx';
import { stacked } from './stacked.ts';

describe('floats', () => {
  const view = { width: 1_000, height: 800 };
  const float = { width: 200, height: 100 };
  const anchor = (left: number, top: number) => ({ left, top, width: 40, height: 30 });

  test.each([
    ['below its anchor', anchor(100, 100), { side: 'bottom', align: 'start' }, { left: 100, top: 136 }],
    [
      'above where it does not fit below',
      anchor(100, 740),
      { side: 'bottom', align: 'start' },
      { left: 100, top: 634 },
    ],
    ['below where it does not fit above', anchor(100, 20), { side: 'top', align: 'start' }, { left: 100, top: 56 }],
    ['with its end at the anchor’s end', anchor(900, 100), { side: 'bottom', align: 'end' }, { left: 740, top: 136 }],
    ['in the window at the right', anchor(950, 100), { side: 'bottom', align: 'start' }, { left: 792, top: 136 }],
    ['in the window at the left', anchor(10, 100), { side: 'bottom', align: 'center' }, { left: 8, top: 136 }],
  ] as const)('%s', (_, at, placement, place) => {
    expect(placeFloat(at, float, view, placement)).toEqual(place);
  });

  test('one that fits nowhere begins in the window', () => {
    const tall = { width: 200, height: 900 };
    expect(placeFloat(anchor(100, 400), tall, view, { side: 'bottom', align: 'start' }).top).toBe(8);
  });
});

test.each([
  ['Ada King Lovelace', 'AL'],
  ['ada@example.com', 'A'],
  ['ada.lovelace@example.com', 'AL'],
  ['王小明', '王'],
  ['👩‍💻', '👩'],
  ['', ''],
])('the initials of %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test('a sparkline reaches from edge to edge, with 0 at the bottom', () => {
  expect(sparkPoints([0, 5, 10], 102, 22, 1)).toEqual([
    [1, 21],
    [51, 11],
    [101, 1],
  ]);
  expect(sparkPoints([0, 0], 102, 22, 1).map(([, y]) => y)).toEqual([21, 21]);
  expect(sparkPoints([], 102, 22, 1)).toEqual([]);
});

test('bars stand on each other, and nothing is 0', () => {
  expect(
    stacked([
      [1, null, 3],
      [10, 20, null],
    ]),
  ).toEqual([
    [1, 0, 3],
    [11, 20, 3],
  ]);
});
