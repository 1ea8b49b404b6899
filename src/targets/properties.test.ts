import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Calendar, checkCalendar, due, openBetween, type Range, weekdays } from './index.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const firstMs = Date.UTC(2025, 0, 1);

const zones = [
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Shanghai',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Kolkata',
];

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** An even number of cuts makes ranges that are in order and apart. */
const ranges = fc
  .uniqueArray(fc.integer({ min: 0, max: 1_440 }), { maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts): Range[] =>
    Array.from({ length: Math.floor(cuts.length / 2) }, (_, i) => ({
      from: clock(cuts[2 * i] ?? 0),
      to: clock(cuts[2 * i + 1] ?? 0),
    })),
  );

const date = fc.integer({ min: 0, max: 800 }).map((day) => new Date(firstMs + day * dayMs).toISOString().slice(0, 10));
const exception = fc.record({ date, name: fc.constant('special'), ranges });

const calendars = fc
  .record({
    zone: fc.constantFrom(...zones),
    days: fc.array(ranges, { minLength: 6, maxLength: 6 }),
    exceptions: fc.uniqueArray(exception, { maxLength: 20, selector: (one) => one.date }),
  })
  .map(({ zone, days, exceptions }) => {
    // One day that is surely open: a calendar without is refused.
    const week = Object.fromEntries(weekdays.map((day, i) => [day, days[i] ?? [{ from: '10:00', to: '16:00' }]]));
    return checkCalendar({ id: 'any', name: 'any', time_zone: zone, week, exceptions });
  });

const instants = fc.integer({ min: firstMs, max: firstMs + 730 * dayMs });
const work = fc.oneof(
  fc.integer({ min: 0, max: 3 * dayMs }),
  fc.integer({ min: 0, max: 600 }).map((n) => n * minuteMs),
);

function holds<T extends unknown[]>(property: fc.IProperty<T>): void {
  fc.assert(property, { numRuns: 300 });
}

test('work that is measured from a start to its due time is that work', () => {
  holds(
    fc.property(calendars, instants, work, (calendar, fromMs, workMs) => {
      expect(openBetween(calendar, fromMs, due(calendar, fromMs, workMs))).toBe(workMs);
    }),
  );
});

test('a due time is the first such instant', () => {
  holds(
    fc.property(calendars, instants, work, (calendar, fromMs, workMs) => {
      fc.pre(workMs > 0);
      expect(openBetween(calendar, fromMs, due(calendar, fromMs, workMs) - 1)).toBe(workMs - 1);
    }),
  );
});

test('work in two parts is due when the whole is', () => {
  holds(
    fc.property(calendars, instants, work, work, (calendar, fromMs, a, b) => {
      expect(due(calendar, fromMs, a + b)).toBe(due(calendar, due(calendar, fromMs, a), b));
    }),
  );
});

test('time between is the sum of its parts', () => {
  holds(
    fc.property(calendars, instants, instants, instants, (calendar, ...three) => {
      const [a = 0, b = 0, c = 0] = three.sort((x, y) => x - y);
      expect(openBetween(calendar, a, b) + openBetween(calendar, b, c)).toBe(openBetween(calendar, a, c));
    }),
  );
});

test('a holiday never makes a due time earlier', () => {
  holds(
    fc.property(calendars, date, instants, work, (calendar, holiday, fromMs, workMs) => {
      const others = calendar.exceptions.filter((one) => one.date !== holiday);
      const closed = { ...calendar, exceptions: [...others, { date: holiday, name: 'Closed', ranges: [] }] };
      expect(due(closed, fromMs, workMs)).toBeGreaterThanOrEqual(due(calendar, fromMs, workMs));
    }),
  );
});

test('splitting ranges changes nothing', () => {
  const halved = ({ from, to }: Range): Range[] => {
    const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const middle = clock(Math.floor((minutes(from) + minutes(to)) / 2));
    return middle === from
      ? [{ from, to }]
      : [
          { from, to: middle },
          { from: middle, to },
        ];
  };
  const split = (calendar: Calendar): Calendar => ({
    ...calendar,
    week: {
      ...calendar.week,
      ...Object.fromEntries(weekdays.map((day) => [day, calendar.week[day].flatMap(halved)])),
    },
    exceptions: calendar.exceptions.map((one) => ({ ...one, ranges: one.ranges.flatMap(halved) })),
  });
  holds(
    fc.property(calendars, instants, instants, work, (calendar, fromMs, toMs, workMs) => {
      expect(openBetween(split(calendar), fromMs, toMs)).toBe(openBetween(calendar, fromMs, toMs));
      expect(due(split(calendar), fromMs, workMs)).toBe(due(calendar, fromMs, workMs));
    }),
  );
});

test('minute by minute, it is open when the wall clock says so', () => {
  const show = (zone: string) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'long',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  const formats = new Map(zones.map((zone) => [zone, show(zone)]));
  fc.assert(
    fc.property(calendars, instants, (calendar, fromMs) => {
      const startMs = fromMs - (fromMs % minuteMs);
      for (let atMs = startMs; atMs < startMs + 120 * minuteMs; atMs += minuteMs) {
        const parts = Object.fromEntries(
          (formats.get(calendar.timeZone)?.formatToParts(atMs) ?? []).map(({ type, value }) => [type, value]),
        );
        const local = `${parts['year']}-${parts['month']}-${parts['day']}`;
        const day = weekdays.find((name) => name === parts['weekday']?.toLowerCase()) ?? 'sunday';
        const open = calendar.exceptions.find((one) => one.date === local)?.ranges ?? calendar.week[day];
        const time = `${parts['hour']}:${parts['minute']}`;
        const expected = open.some(({ from, to }) => from <= time && time < to) ? minuteMs : 0;
        expect(openBetween(calendar, atMs, atMs + minuteMs)).toBe(expected);
      }
    }),
    { numRuns: 60 },
  );
});
