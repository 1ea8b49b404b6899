import { describe, expect, test } from 'vitest';
import { dateAt, isTimeZone } from '../base/time-zone.ts';
import { bucketsOf, intervalOf, piecesOf, rangeBefore, rangeOf } from './buckets.ts';
import { dayMs, dayShiftMinutes, hourMs, startOfDate } from './time-zone.ts';

const nowMs = Date.UTC(2026, 10, 21, 12, 30);
const iso = (atMs: number) => new Date(atMs).toISOString();

test('only names of the IANA database are time zones', () => {
  for (const name of ['UTC', 'Europe/Paris', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])
    expect(isTimeZone(name), name).toBe(true);
  for (const name of ['', 'Mars/Olympus', '+02:00', 'Europe/Paris\0', '../etc/passwd', 'A'.repeat(100)])
    expect(isTimeZone(name), name).toBe(false);
});

test.each([
  ['UTC', '2026-11-21', '2026-11-21T00:00:00.000Z', 0],
  ['Europe/Paris', '2026-11-21', '2026-11-20T23:00:00.000Z', 0],
  ['Asia/Shanghai', '2026-11-21', '2026-11-20T16:00:00.000Z', 0],
  // Hours cannot be divided: the day begins half an hour late, and says so.
  ['Asia/Kolkata', '2026-11-21', '2026-11-20T19:00:00.000Z', 30],
  ['Asia/Kathmandu', '2026-11-21', '2026-11-20T19:00:00.000Z', 45],
  ['America/St_Johns', '2026-11-21', '2026-11-21T04:00:00.000Z', 30],
  // Clocks go forward at midnight: the date begins with the hour after.
  ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', 0],
  ['Pacific/Kiritimati', '2026-11-21', '2026-11-20T10:00:00.000Z', 0],
])('in %s, %s begins at %s, %d minutes late', (zone, date, start, shift) => {
  expect(iso(startOfDate(zone, date))).toBe(start);
  expect(dayShiftMinutes(zone, Date.parse(start))).toBe(shift);
});

test('every date of every zone begins on that date, and the hour before is of another', () => {
  for (const zone of ['Europe/Paris', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia'])
    for (let day = 0; day < 366; day += 1) {
      const date = iso(Date.UTC(2026, 0, 1) + day * dayMs).slice(0, 10);
      const start = startOfDate(zone, date);
      expect(dateAt(zone, start), `${zone} ${date}`).toBe(date);
      expect(dateAt(zone, start - hourMs) < date, `${zone} ${date}`).toBe(true);
    }
});

test('days on which clocks change have 23 and 25 hours', () => {
  const hours = (from: string, to: string) =>
    bucketsOf(rangeOf({ from, to }, 'Europe/Paris', nowMs), 'day', 'Europe/Paris').map(
      ({ startMs, endMs }) => (endMs - startMs) / hourMs,
    );
  expect(hours('2026-03-28', '2026-03-30')).toEqual([24, 23, 24]);
  expect(hours('2026-10-24', '2026-10-26')).toEqual([24, 25, 24]);
});

test('weeks begin on Monday, months on their first, and the ends are as long as the range', () => {
  const range = rangeOf({ from: '2026-10-29', to: '2026-11-21' }, 'Asia/Shanghai', nowMs);
  const weeks = bucketsOf(range, 'week', 'Asia/Shanghai');
  expect(weeks.map(({ date }) => date)).toEqual(['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16']);
  expect(weeks[0]?.startMs).toBe(range.fromMs);
  expect(weeks.at(-1)?.endMs).toBe(range.toMs);
  const months = bucketsOf(range, 'month', 'Asia/Shanghai');
  expect(months.map(({ date, startMs }) => [date, iso(startMs)])).toEqual([
    ['2026-10-01', '2026-10-28T16:00:00.000Z'],
    ['2026-11-01', '2026-10-31T16:00:00.000Z'],
  ]);
});

test('ranges: dates are whole, times are taken to whole hours, and without either it is thirty days', () => {
  const range = (input: { from?: string; to?: string }) => {
    const { fromMs, toMs } = rangeOf(input, 'Europe/Paris', nowMs);
    return [iso(fromMs), iso(toMs)];
  };
  expect(range({})).toEqual(['2026-10-22T22:00:00.000Z', '2026-11-21T23:00:00.000Z']);
  expect(range({ from: '2026-11-20', to: '2026-11-20' })).toEqual([
    '2026-11-19T23:00:00.000Z',
    '2026-11-20T23:00:00.000Z',
  ]);
  expect(range({ from: '2026-11-20T10:20:00+02:00', to: '2026-11-20T10:40:00Z' })).toEqual([
    '2026-11-20T08:00:00.000Z',
    '2026-11-20T11:00:00.000Z',
  ]);
  expect(rangeBefore({ fromMs: 10 * hourMs, toMs: 13 * hourMs })).toEqual({ fromMs: 7 * hourMs, toMs: 10 * hourMs });
});

test.each([
  [1, 'hour'],
  [2, 'hour'],
  [30, 'day'],
  [93, 'day'],
  [365, 'week'],
  [1200, 'month'],
])('%d days are shown by %s', (days, interval) => {
  expect(intervalOf({ fromMs: 0, toMs: days * dayMs })).toBe(interval);
});

describe('which sums tell a range', () => {
  /** Every hour of the range must be told once, in its own step, by days, edges and strays together. */
  test.each(['UTC', 'Europe/Paris', 'Asia/Shanghai', 'Asia/Kolkata', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
    '%s: each hour once, in its step',
    (zone) => {
      for (const interval of ['day', 'week', 'month'] as const) {
        const range = rangeOf({ from: '2026-10-20T05:00:00Z', to: '2026-11-03' }, zone, nowMs);
        const buckets = bucketsOf(range, interval, zone);
        const { days, edgesMs, straysMs } = piecesOf(range, buckets);
        const stepOf = (atMs: number) => buckets.findIndex(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
        const told = new Map<string, number>();
        const tell = (hour: number, step: number, times: number) =>
          told.set(`${hour} ${step}`, (told.get(`${hour} ${step}`) ?? 0) + times);
        for (let day = days.fromMs; day < days.toMs; day += dayMs)
          for (let hour = day; hour < day + dayMs; hour += hourMs) tell(hour, stepOf(day + dayMs / 2), 1);
        for (const hour of [...edgesMs, ...straysMs]) tell(hour, stepOf(hour), 1);
        for (const hour of straysMs) tell(hour, stepOf(hour - (hour % dayMs) + dayMs / 2), -1);
        const nonzero = [...told].filter(([, times]) => times !== 0);
        expect(nonzero.every(([, times]) => times === 1)).toBe(true);
        const hours = nonzero.map(([place]) => place.split(' ').map(Number));
        expect(hours.length).toBe((range.toMs - range.fromMs) / hourMs);
        expect(hours.every(([hour = 0, step]) => stepOf(hour) === step)).toBe(true);
        expect(straysMs.length).toBeLessThanOrEqual(12 * buckets.length);
      }
    },
  );

  test('less than a day is told by its hours', () => {
    const range = { fromMs: 5 * hourMs, toMs: 8 * hourMs };
    const { days, edgesMs } = piecesOf(range, [{ startMs: range.fromMs, endMs: range.toMs, date: null }]);
    expect(days.fromMs).toBe(days.toMs);
    expect(edgesMs).toEqual([5 * hourMs, 6 * hourMs, 7 * hourMs]);
  });
});
