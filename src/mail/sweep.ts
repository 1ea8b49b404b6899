import type pg from 'pg';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

const hourMs = 3_600_000;
/** At start all nodes come up together; none of this is urgent. */
const firstMs = 60_000;

/** Days. A text holds links that open accounts, so it stays as long as somebody may need it and no longer. */
const kept = { sentBody: 1, otherBody: 7, row: 90 } as const;

export interface Swept {
  readonly emptied: number;
  readonly deleted: number;
}

/** Empties the texts of mail that is done with, and deletes what is old. Mail that still waits is left alone. */
export async function sweepOutbox(pool: pg.Pool): Promise<Swept> {
  const emptied = await pool.query(
    `update outbox set text_body = '', html_body = ''
     where text_body <> '' and created_at < now() - $1::integer * interval '1 day'
       and (state = 'sent' and sent_at < now() - $1::integer * interval '1 day'
         or state in ('shown', 'failed', 'withdrawn', 'suppressed') and created_at < now() - $2::integer * interval '1 day')`,
    [kept.sentBody, kept.otherBody],
  );
  const deleted = await pool.query(
    `delete from outbox
     where created_at < now() - $1::integer * interval '1 day' and state not in ('waiting', 'sending')`,
    [kept.row],
  );
  return { emptied: emptied.rowCount ?? 0, deleted: deleted.rowCount ?? 0 };
}

/** Sweeps every hour. Any number of nodes may. Returns what ends it. */
export function startSweeping(pool: pg.Pool, log: Log): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const sweep = (): void => {
    running = sweepOutbox(pool).then(
      ({ emptied, deleted }) => {
        if (emptied + deleted > 0) log.info({ emptied, deleted }, 'old mail was emptied or deleted');
      },
      (error: unknown) =>
        log.warn({ reason: errorText(error) }, 'old mail could not be swept; trying again in an hour'),
    );
  };
  const first = setTimeout(sweep, firstMs).unref();
  const hourly = setInterval(sweep, hourMs).unref();
  return {
    async stop() {
      clearTimeout(first);
      clearInterval(hourly);
      await running;
    },
  };
}
