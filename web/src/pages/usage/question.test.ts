import { describe, expect, test } from 'vitest';
import { filtersOf, neighbours, requestSearch, toggled, viewOf } from './question.ts';

const today = '2026-11-21';

describe('the view that an address asks for', () => {
  test('without anything: the last seven days by model and cost', () => {
    expect(viewOf({}, today)).toEqual({
      preset: '7d',
      dates: { from: '2026-11-15', to: today },
      interval: null,
      split: 'model',
      measure: 'cost',
      tab: 'usage',
      most: 10,
      isOpen: true,
    });
  });

  test('dates stand before a preset, and a range that is over is closed', () => {
    const view = viewOf({ range: '30d', from: '2026-10-01', to: '2026-10-31', interval: 'week' }, today);
    expect(view).toMatchObject({ preset: null, dates: { from: '2026-10-01' }, interval: 'week', isOpen: false });
  });

  test('what makes no sense counts as not said', () => {
    const view = viewOf({ from: '2026-11-21', to: '2026-11-01', split: 'colour', interval: 'hour', most: '7' }, today);
    expect(view).toMatchObject({ preset: '7d', split: 'model', interval: 'hour', most: 10 });
    expect(viewOf({ from: '2020-01-01', to: today, interval: 'hour' }, today).interval).toBeNull();
  });
});

describe('filters', () => {
  test('are lists, each value once', () => {
    expect(filtersOf({ key: 'key_a,key_b,key_a', model: '' })).toEqual({ key: ['key_a', 'key_b'] });
  });

  test('a value is put in and taken out', () => {
    expect(toggled({ key: ['a'] }, 'key', 'b')).toBe('a,b');
    expect(toggled({ key: ['a'] }, 'key', 'a')).toBeUndefined();
    expect(toggled({}, 'model', 'gpt')).toBe('gpt');
  });
});

describe('the requests behind sums', () => {
  const over = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-08T00:00:00.000Z', isOpen: false };

  test('keep key, model and project; a range that goes on has no end', () => {
    expect(requestSearch({ key: ['key_a'], model: ['gpt'] }, over, { code: 'rate_limited' })).toEqual({
      key: 'key_a',
      model: 'gpt',
      code: 'rate_limited',
      since: over.from,
      until: over.to,
    });
    expect(requestSearch({}, { ...over, isOpen: true })).toEqual({ since: over.from });
  });

  test.each([{ team: ['tea_a'] }, { key: ['a', 'b'] }, { project: ['none'] }])('cannot be listed by %o', (filters) => {
    expect(requestSearch(filters, over)).toBeNull();
  });
});

test('the range before and after', () => {
  expect(neighbours({ from: '2026-11-15', to: '2026-11-21' }, today)).toEqual({
    before: { from: '2026-11-08', to: '2026-11-14' },
    after: null,
  });
  expect(neighbours({ from: '2026-11-01', to: '2026-11-07' }, today).after).toEqual({
    from: '2026-11-08',
    to: '2026-11-14',
  });
});
