import { AppError } from '../../base/errors.ts';
import {
  alwaysOpen,
  type Calendar,
  checkCalendar,
  checkTargets,
  defaultPolicies,
  officeHours,
  type Policy,
  type TermsBook,
} from '../../targets/index.ts';
import type { Db } from './ticket.ts';

/** Calendars and policies of one site fit into one answer: their number is limited where they are made. */
export async function readTermsBook(db: Db): Promise<TermsBook> {
  const [calendars, policies] = [await readCalendars(db), await readPolicies(db)];
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  const byVersion = new Map(policies.map((policy) => [`${policy.id} ${policy.version}`, policy]));
  return {
    // A ticket whose policy is gone keeps going, without a clock: better than a desk that stands still.
    policyOf: (id, version) => byVersion.get(`${id} ${version}`) ?? builtIn(id) ?? defaultPolicies.starter,
    calendarOf: (id) => (id === null ? alwaysOpen : (byId.get(id) ?? defaultCalendars.get(id) ?? alwaysOpen)),
  };
}

/** What a site begins with. */
export const defaultCalendars: ReadonlyMap<string, Calendar> = new Map(
  [alwaysOpen, officeHours('UTC')].map((calendar) => [calendar.id, calendar]),
);

interface CalendarRow {
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
  readonly week: Record<string, unknown>;
  readonly exceptions: readonly unknown[];
}

/** By name. One that an older program has written and this one does not understand is left out. */
export async function readCalendars(db: Db): Promise<readonly Calendar[]> {
  const { rows } = await db.query<CalendarRow>(
    'select id, name, time_zone, week, exceptions from calendars order by lower(name), id',
  );
  return rows.flatMap((row) => understood(() => checkCalendar(row)));
}

interface PolicyRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly calendar_id: string | null;
  readonly targets: Record<string, unknown>;
}

/** Every version, the newest of each first. */
export async function readPolicies(db: Db): Promise<readonly Policy[]> {
  const { rows } = await db.query<PolicyRow>(
    'select id, version, name, calendar_id, targets from target_policies order by id, version desc',
  );
  return rows.flatMap(({ id, version, name, calendar_id: calendarId, targets }) =>
    understood(() => ({ id, version, name, calendarId, targets: checkTargets(targets) })),
  );
}

function builtIn(id: string): Policy | null {
  return Object.values(defaultPolicies).find((policy) => policy.id === id) ?? null;
}

function understood<T>(read: () => T): T[] {
  try {
    return [read()];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
