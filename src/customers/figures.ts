import type pg from 'pg';
import type { Clock } from '../base/clock.ts';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

/** The order of customers by spend may be so old. */
const staleMs = 60_000;
/** Whoever looks waits so long for a fresh order, then gets the last one. */
const patienceMs = 1_500;
/** After a start there may be no last one. */
const firstPatienceMs = 15_000;

const sql = `
with spend as (
  select organization_id, sum(actual_cost)::bigint as spend from usage_days where day >= $1 group by 1
), last as (
  select k.organization_id, max(a.last_used_at) as at from key_activity a join keys k on k.id = a.key_id group by 1
)
insert into customer_figures as known (organization_id, spend_30d, last_request_at)
select o.id, coalesce(spend.spend, 0), coalesce(last.at, 'epoch')
from organizations o
left join spend on spend.organization_id = o.id
left join last on last.organization_id = o.id
on conflict (organization_id) do update set spend_30d = excluded.spend_30d, last_request_at = excluded.last_request_at
where (known.spend_30d, known.last_request_at) is distinct from (excluded.spend_30d, excluded.last_request_at)`;

/** The first of the 30 days that figures look back, in UTC and today included. */
export function monthStart(nowMs: number): Date {
  const dayMs = 86_400_000;
  return new Date((Math.floor(nowMs / dayMs) - 29) * dayMs);
}

/** Keeps the figures by which customers are sorted: reckoned when somebody looks, at most once a minute. */
export class Figures {
  readonly #pool: pg.Pool;
  readonly #log: Log;
  readonly #clock: Clock;
  #refreshedAtMs = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | null = null;

  constructor(pool: pg.Pool, log: Log, clock: Clock) {
    this.#pool = pool;
    this.#log = log;
    this.#clock = clock;
  }

  /** Resolves once they are fresh, or after the patience of somebody who waits. Never rejects. */
  async freshen(): Promise<void> {
    if (this.#clock.monotonic() - this.#refreshedAtMs < staleMs) return;
    this.#running ??= this.#refresh().finally(() => {
      this.#running = null;
    });
    const late = Promise.withResolvers<void>();
    const first = this.#refreshedAtMs === Number.NEGATIVE_INFINITY;
    const timer = setTimeout(late.resolve, first ? firstPatienceMs : patienceMs);
    await Promise.race([this.#running, late.promise]);
    clearTimeout(timer);
  }

  async #refresh(): Promise<void> {
    const client = await this.#pool.connect().catch(() => null);
    if (client === null) return;
    try {
      await client.query("begin; set local statement_timeout = '60s'");
      // Two nodes at once would do the same work twice, and wait for each other's rows.
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock(5063201011) as mine');
      if (rows[0]?.mine) await client.query(sql, [monthStart(this.#clock.now())]);
      await client.query('commit');
      this.#refreshedAtMs = this.#clock.monotonic();
      client.release();
    } catch (error) {
      client.release(true);
      this.#log.warn({ reason: errorText(error) }, 'the figures of customers could not be reckoned');
    }
  }
}
