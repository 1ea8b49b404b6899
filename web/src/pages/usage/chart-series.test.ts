import { expect, test } from 'vitest';
import type { Usage } from '../../api/schema.ts';
import { splitSeries, valuesOf } from './chart-series.ts';

type Series = Usage['series'][number];

function series(value: string | null, requests: number[]): Series {
  const none = requests.map(() => 0);
  const points = {
    requests,
    failures: none,
    input_tokens: requests,
    output_tokens: requests,
    cache_write_tokens: none,
    cache_read_tokens: none,
    cost_usd: none.map(String),
    actual_cost_usd: requests.map((count) => `${count}.000000001`),
    average_duration_ms: none,
  };
  return { value, label: null, detail: null, rest: value === null, share: 0, totals: {} as Series['totals'], points };
}

test('a measure is read off the points', () => {
  const { points } = series('a', [1, 2]);
  expect(valuesOf(points, 'requests')).toEqual([1, 2]);
  expect(valuesOf(points, 'tokens')).toEqual([2, 4]);
  expect(valuesOf(points, 'cost')).toEqual([1.000000001, 2.000000001]);
});

test('as many as there are colours are told apart; the others and the rest are one', () => {
  const many = [...Array.from({ length: 10 }, (_, index) => series(`m${index}`, [1, index])), series(null, [5, 5])];
  const drawn = splitSeries(many, 'requests', ({ value }) => value ?? '', 'others');
  expect(drawn).toHaveLength(8);
  expect(drawn.at(-1)).toEqual({ id: ' rest', label: 'others', values: [8, 7 + 8 + 9 + 5] });
});

test('with colours enough nothing is put together', () => {
  const drawn = splitSeries([series('', [1]), series('m', [2])], 'requests', ({ value }) => value || 'none', 'others');
  expect(drawn.map(({ label }) => label)).toEqual(['none', 'm']);
});
