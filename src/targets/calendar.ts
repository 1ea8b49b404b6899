/** When somebody works: ranges of local time by weekday, and dates on which it is otherwise. */
export interface Calendar {
  readonly id: string;
  readonly name: string;
  /** A name of the IANA database. */
  readonly timeZone: string;
  /** In order, apart from each other; two may touch. Empty: closed. */
  readonly week: Readonly<Record<Weekday, readonly Range[]>>;
  /** A date stands here once, and its ranges take the place of the week's. */
  readonly exceptions: readonly CalendarException[];
}

export type Weekday = (typeof weekdays)[number];

/** Local times `HH:MM`; `to` may be `24:00`. Open from `from` on, until just before `to`. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

export interface CalendarException {
  /** `YYYY-MM-DD` in the calendar's zone. */
  readonly date: string;
  readonly name: string;
  /** Empty: closed. */
  readonly ranges: readonly Range[];
}

/** Sunday first, as `Date` numbers them. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const wholeDay: readonly Range[] = [{ from: '00:00', to: '24:00' }];
const officeDay: readonly Range[] = [{ from: '09:00', to: '17:00' }];

/** Around the clock, all year. */
export const alwaysOpen: Calendar = {
  id: 'always-open',
  name: 'Around the clock',
  timeZone: 'UTC',
  week: {
    sunday: wholeDay,
    monday: wholeDay,
    tuesday: wholeDay,
    wednesday: wholeDay,
    thursday: wholeDay,
    friday: wholeDay,
    saturday: wholeDay,
  },
  exceptions: [],
};

/** Monday to Friday from 9 to 17 in a zone, without holidays: those are the operator's to enter. */
export function officeHours(timeZone: string): Calendar {
  return {
    id: 'office-hours',
    name: 'Office hours',
    timeZone,
    week: {
      sunday: [],
      monday: officeDay,
      tuesday: officeDay,
      wednesday: officeDay,
      thursday: officeDay,
      friday: officeDay,
      saturday: [],
    },
    exceptions: [],
  };
}

/** How long the shortest day of work of the week is, in milliseconds: what one business day may take at most. */
export function businessDayMs(calendar: Calendar): number {
  const days = weekdays.map((day) => rangesMs(calendar.week[day])).filter((openMs) => openMs > 0);
  return Math.min(...days);
}

/** The length of some ranges together, in milliseconds. */
export function rangesMs(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { from, to }) => sum + timeOfDayMs(to) - timeOfDayMs(from), 0);
}

/** `HH:MM` in milliseconds since the day's 00:00, as the wall clock counts. */
export function timeOfDayMs(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000;
}
