import { describe, expect, test } from 'vitest';
import { type Calendar, due, officeHours, openBetween, type Range, weekdays } from './index.ts';

const hourMs = 3_600_000;
const iso = (atMs: number) => new Date(atMs).toISOString().replace(/:00\.000Z$/, 'Z');
const at = Date.parse;

function everyDay(timeZone: string, ...ranges: Range[]): Calendar {
  const week = Object.fromEntries(weekdays.map((day) => [day, ranges]));
  return { ...officeHours(timeZone), week: { ...officeHours(timeZone).week, ...week } };
}

function allDay(timeZone: string): Calendar {
  return everyDay(timeZone, { from: '00:00', to: '24:00' });
}

function hoursOpen(calendar: Calendar, from: string, to: string): number {
  return openBetween(calendar, at(from), at(to)) / hourMs;
}

describe('in ordinary weeks', () => {
  const office = officeHours('UTC');

  test.each([
    // Friday afternoon: the rest on Monday.
    ['2026-11-20T15:00Z', 4, '2026-11-23T11:00Z'],
    // Used up at closing time is due at closing time.
    ['2026-11-20T15:00Z', 2, '2026-11-20T17:00Z'],
    // On Saturday nothing has passed before Monday 9:00.
    ['2026-11-21T12:00Z', 8, '2026-11-23T17:00Z'],
    ['2026-11-20T17:00Z', 0.5, '2026-11-23T09:30Z'],
    // No work at all is due at once, also when closed.
    ['2026-11-21T12:00Z', 0, '2026-11-21T12:00Z'],
    ['2026-11-16T09:00Z', 40, '2026-11-20T17:00Z'],
    ['2026-12-31T16:00Z', 9, '2027-01-01T17:00Z'],
  ])('from %s, %d hours of work are over at %s', (from, hours, to) => {
    expect(iso(due(office, at(from), hours * hourMs))).toBe(to);
    expect(hoursOpen(office, from, to)).toBe(hours);
  });

  test('a holiday is left out, and a special day has its own hours', () => {
    const exceptions = [
      { date: '2026-12-24', name: 'Half a day', ranges: [{ from: '09:00', to: '12:00' }] },
      { date: '2026-12-25', name: 'Closed', ranges: [] },
      { date: '2026-12-27', name: 'Open on Sunday', ranges: [{ from: '10:00', to: '11:00' }] },
    ];
    const festive = { ...office, exceptions };
    expect(hoursOpen(festive, '2026-12-21T00:00Z', '2026-12-28T00:00Z')).toBe(24 + 3 + 1);
    expect(iso(due(festive, at('2026-12-24T11:00Z'), 2.5 * hourMs))).toBe('2026-12-28T09:30Z');
  });

  test('backwards and standing still is nothing', () => {
    expect(hoursOpen(office, '2026-11-20T12:00Z', '2026-11-20T10:00Z')).toBe(0);
    expect(hoursOpen(office, '2026-11-20T12:00Z', '2026-11-20T12:00Z')).toBe(0);
  });

  test('what cannot be reckoned is refused, not looked for without end', () => {
    const closed = everyDay('UTC');
    expect(() => due(closed, at('2026-01-01T00:00Z'), 1)).toThrow(RangeError);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      expect(() => due(office, at('2026-01-01T00:00Z'), wrong)).toThrow(RangeError);
      expect(() => openBetween(office, wrong, at('2026-01-01T00:00Z'))).toThrow(RangeError);
    }
  });
});

describe('where clocks change', () => {
  // Zone, a local day from its first to its last instant, how long it is, how much of a range is open, and why.
  test.each([
    ['Europe/Paris', '2026-03-28T23:00Z', '2026-03-29T22:00Z', 23, '01:00', '04:00', 2],
    ['Europe/Paris', '2026-10-24T22:00Z', '2026-10-25T23:00Z', 25, '01:00', '04:00', 4],
    ['Europe/Paris', '2026-10-24T22:00Z', '2026-10-25T23:00Z', 25, '02:00', '02:30', 1],
    ['America/New_York', '2026-03-08T05:00Z', '2026-03-09T04:00Z', 23, '02:00', '03:00', 0],
    ['America/New_York', '2026-11-01T04:00Z', '2026-11-02T05:00Z', 25, '01:00', '02:00', 2],
    // Half an hour.
    ['Australia/Lord_Howe', '2026-04-04T13:00Z', '2026-04-05T13:30Z', 24.5, '01:30', '02:00', 1],
    ['Australia/Lord_Howe', '2026-10-03T13:30Z', '2026-10-04T13:00Z', 23.5, '02:00', '03:00', 0.5],
    // No change for decades, but there were some.
    ['Asia/Shanghai', '2026-03-28T16:00Z', '2026-03-29T16:00Z', 24, '01:00', '04:00', 3],
    ['Asia/Shanghai', '1986-05-03T16:00Z', '1986-05-04T15:00Z', 23, '01:00', '04:00', 2],
    // At midnight: the day begins with 01:00, or 23:00 comes twice.
    ['America/Sao_Paulo', '2018-11-04T03:00Z', '2018-11-05T02:00Z', 23, '00:00', '01:00', 0],
    ['America/Sao_Paulo', '2018-02-17T02:00Z', '2018-02-18T03:00Z', 25, '23:00', '24:00', 2],
    ['America/Sao_Paulo', '2026-11-04T03:00Z', '2026-11-05T03:00Z', 24, '00:00', '01:00', 1],
    // Back for the month of Ramadan.
    ['Africa/Casablanca', '2025-02-22T23:00Z', '2025-02-24T00:00Z', 25, '02:00', '03:00', 2],
    ['Africa/Casablanca', '2025-04-06T00:00Z', '2025-04-06T23:00Z', 23, '02:00', '03:00', 0],
  ])('%s from %s to %s: a day of %d hours, %s to %s is open for %d', (zone, from, to, day, opens, closes, open) => {
    expect(hoursOpen(allDay(zone), from, to)).toBe(day);
    expect(due(allDay(zone), at(from), day * hourMs)).toBe(at(to));
    expect(hoursOpen(everyDay(zone, { from: opens, to: closes }), from, to)).toBe(open);
  });

  // A working day later is the same time on the wall, whatever became of UTC.
  test.each([
    ['Europe/Paris', '2026-03-27T15:00Z', '2026-03-30T14:00Z'],
    ['Europe/Paris', '2026-10-23T14:00Z', '2026-10-26T15:00Z'],
    ['America/New_York', '2026-03-06T21:00Z', '2026-03-09T20:00Z'],
    ['America/New_York', '2026-10-30T20:00Z', '2026-11-02T21:00Z'],
    ['Australia/Lord_Howe', '2026-04-03T03:00Z', '2026-04-06T03:30Z'],
    ['Asia/Shanghai', '2026-03-27T08:00Z', '2026-03-30T08:00Z'],
    ['America/Sao_Paulo', '2018-11-02T15:00Z', '2018-11-05T14:00Z'],
    ['Africa/Casablanca', '2025-02-21T13:00Z', '2025-02-24T14:00Z'],
  ])('%s: a business day from %s ends at %s', (zone, from, to) => {
    expect(iso(due(officeHours(zone), at(from), 8 * hourMs))).toBe(to);
  });

  test('a date that a zone left out has no hours', () => {
    // Samoa went from 29 to 31 December 2011.
    expect(hoursOpen(allDay('Pacific/Apia'), '2011-12-29T10:00Z', '2011-12-31T10:00Z')).toBe(48);
    const exceptions = [{ date: '2011-12-30', name: 'Never was', ranges: [] }];
    const closed = { ...allDay('Pacific/Apia'), exceptions };
    expect(hoursOpen(closed, '2011-12-29T10:00Z', '2011-12-31T10:00Z')).toBe(48);
  });
});

test('a due time lies behind a year of holidays', () => {
  const exceptions = Array.from({ length: 365 }, (_, day) => ({
    date: new Date(at('2026-01-01T00:00Z') + day * 24 * hourMs).toISOString().slice(0, 10),
    name: 'Closed',
    ranges: [],
  }));
  const calendar = { ...officeHours('Europe/Paris'), exceptions };
  const fromMs = at('2026-01-01T00:00Z');
  expect(iso(due(calendar, fromMs, 8 * hourMs))).toBe('2027-01-01T16:00Z');
});
