import type pg from 'pg';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { NoticeLocale } from './kinds.ts';

export interface NoticeRouteOptions {
  readonly pool: pg.Pool;
  readonly clock?: Clock;
}

/** What the routes of this module share. */
export interface RouteParts {
  readonly pool: pg.Pool;
  readonly clock: Clock;
}

export const noticeProblems = { announcement_not_found: 404 } as const;

export const langQuery = {
  lang: z.enum(['en', 'zh']).optional().describe('Language of the words. Absent: that of the account.'),
};

/** `[time in microseconds, id]`. */
export const placeSchema = z.tuple([
  z.int().min(0),
  z
    .string()
    .max(100)
    .regex(/^[^\0]*$/),
]);

export async function localeOf(
  pool: pg.Pool,
  accountId: string,
  asked: NoticeLocale | undefined,
): Promise<NoticeLocale> {
  if (asked !== undefined) return asked;
  const { rows } = await pool.query<{ locale: NoticeLocale }>('select locale from accounts where id = $1', [accountId]);
  return rows[0]?.locale ?? 'en';
}
