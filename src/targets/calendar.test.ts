import { describe, expect, test } from 'vitest';
import { AppError } from '../base/errors.ts';
import { alwaysOpen, businessDayMs, calendarJson, checkCalendar, officeHours } from './index.ts';

const good = {
  id: 'paris',
  name: ' Paris ',
  time_zone: 'Europe/Paris',
  week: {
    monday: [
      { from: '09:00', to: '12:30' },
      { from: '12:30', to: '24:00' },
    ],
    sunday: [],
  },
  exceptions: [
    { date: '2026-12-25', name: 'Christmas', ranges: [] },
    { date: '2028-02-29', name: 'Short day', ranges: [{ from: '00:00', to: '00:01' }] },
  ],
};

function problem(change: object): string {
  try {
    checkCalendar({ ...good, ...change });
  } catch (error) {
    if (error instanceof AppError && error.code === 'calendar_invalid') return error.message;
    throw error;
  }
  return 'none';
}

describe('checkCalendar', () => {
  test('reads what is right, and what it wrote itself', () => {
    const calendar = checkCalendar(good);
    expect(calendar).toMatchObject({ name: 'Paris', timeZone: 'Europe/Paris', week: { tuesday: [] } });
    expect(calendar.week.monday).toHaveLength(2);
    for (const one of [calendar, alwaysOpen, officeHours('Asia/Shanghai')])
      expect(checkCalendar(JSON.parse(JSON.stringify(calendarJson(one))))).toEqual(one);
  });

  const range = (from: unknown, to: unknown) => ({ week: { monday: [{ from, to }] } });
  const dates = (...all: unknown[]) => ({ exceptions: all.map((date) => ({ date, name: 'x', ranges: [] })) });

  test.each([
    [{ id: 'Paris' }, /^id must/],
    [{ id: 7 }, /^id must/],
    [{ name: '' }, /^name must/],
    [{ name: 'a\nb' }, /^name must/],
    [{ name: 'n'.repeat(101) }, /^name must/],
    [{ time_zone: 'Mars/Olympus' }, /^time_zone must/],
    [{ time_zone: '+02:00' }, /^time_zone must/],
    [{ week: [] }, /^week must be an object/],
    [{ week: { caturday: [] } }, /^week has the days sunday, /],
    [{ week: { monday: 'open' } }, /^week\.monday must be a list/],
    [{ week: {} }, /^week must have at least one open hour/],
    [range('09:00', '09:59'), /^week must have at least one open hour/],
    [range('9:00', '17:00'), /^week\.monday\[0\]\.from/],
    [range('24:00', '24:00'), /^week\.monday\[0\]\.from/],
    [range('09:00', '24:01'), /^week\.monday\[0\]\.to/],
    [range('09:00', 17), /^week\.monday\[0\]\.to/],
    [range('22:00', '06:00'), /^week\.monday\[0\]\.to must be later.*midnight/],
    [range('09:00', '09:00'), /^week\.monday\[0\]\.to must be later/],
    [{ week: { monday: [null] } }, /^week\.monday\[0\] must be an object/],
    [
      {
        week: {
          friday: [
            { from: '09:00', to: '12:00' },
            { from: '11:59', to: '13:00' },
          ],
        },
      },
      /^week\.friday\[1\]\.from must not be before/,
    ],
    [
      {
        week: {
          friday: [
            { from: '13:00', to: '17:00' },
            { from: '09:00', to: '12:00' },
          ],
        },
      },
      /^week\.friday\[1\]\.from must not be before/,
    ],
    [{ week: { monday: Array.from({ length: 13 }, () => ({ from: '00:00', to: '01:00' })) } }, /at most 12/],
    [{ exceptions: {} }, /^exceptions must be a list/],
    [dates('2026-02-30'), /^exceptions\[0\]\.date must be a date/],
    [dates('2026-2-3'), /^exceptions\[0\]\.date must be a date/],
    [dates('1999-12-31'), /^exceptions\[0\]\.date must be a date/],
    [dates('2026-05-01', '2026-05-02', '2026-05-01'), /^exceptions\[2\]\.date is the same as that of exceptions\[0\]/],
    [{ exceptions: [{ date: '2026-05-01', ranges: [] }] }, /^exceptions\[0\]\.name must/],
    [{ exceptions: Array.from({ length: 1_001 }, () => ({})) }, /^exceptions must be a list of at most 1000/],
    [
      { exceptions: [{ date: '2026-05-01', name: 'x', ranges: [{ from: '10:00', to: '09:00' }] }] },
      /^exceptions\[0\]\.ranges\[0\]\.to must be later/,
    ],
  ])('%j is refused by the name of the field', (change, message) => {
    expect(problem(change)).toMatch(message);
  });

  test('whatever else comes is refused, not thrown over', () => {
    for (const input of [null, undefined, 7, 'calendar', [], new Date()])
      expect(() => checkCalendar(input)).toThrow(AppError);
  });
});

test('a business day is the shortest day of work', () => {
  expect(businessDayMs(officeHours('UTC')) / 3_600_000).toBe(8);
  expect(businessDayMs(alwaysOpen) / 3_600_000).toBe(24);
  const short = { ...officeHours('UTC').week, friday: [{ from: '09:00', to: '13:00' }] };
  expect(businessDayMs({ ...officeHours('UTC'), week: short }) / 3_600_000).toBe(4);
});
