import type pg from 'pg';
import type { Clock } from '../base/clock.ts';
import { limits } from '../base/limits.ts';
import { spendSpanMs, spendSpans } from '../base/spend-window.ts';
import { inTransaction } from '../db/index.ts';

/** What is said about a key before a limit or its end stops it. */
export interface KeyWarningOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly notify: (
    client: pg.PoolClient,
    accountId: string,
    kind: 'key-limit-near' | 'key-expires-soon',
    facts: Readonly<Record<string, string | number>>,
    organizationId: string,
  ) => Promise<unknown>;
}

/** A key about which something is to be said, and has been noted as said. */
interface DueRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly organization_id: string;
  readonly organization: string;
  readonly about: string;
  readonly threshold: bigint;
  readonly since: Date;
  readonly spent: bigint;
}

/** Of one transaction: some hundred notifications. */
const batchKeys = 200;
/** Of one run; what is left waits for the next one. */
const mostBatches = 50;

/**
 * Tells of enabled keys that come near a spending limit or their expiry: whoever holds the key, else who made it, else the
 * organization's owners. Each limit is told of once, and in a later window again, but not more than daily; each expiry
 * once per threshold of `limits.keyExpiryWarningDays`. Several nodes may run it at the same time.
 *
 * @returns how many warnings there were
 */
export async function warnAboutKeys(options: KeyWarningOptions): Promise<number> {
  let warnings = 0;
  for (const due of [dueLimits, dueExpiries]) {
    for (let batch = 0; batch < mostBatches; batch++) {
      const told = await inTransaction(options.pool, (client) => warnBatch(options, client, due));
      warnings += told;
      if (told < batchKeys) break;
    }
  }
  return warnings;
}

type Due = (client: pg.PoolClient, nowMs: number) => Promise<readonly DueRow[]>;

async function warnBatch({ clock, notify }: KeyWarningOptions, client: pg.PoolClient, due: Due): Promise<number> {
  const rows = await due(client, clock.now());
  const readers = await readersOf(client, [...new Set(rows.map(({ id }) => id))]);
  for (const row of rows) {
    const { name, prefix, organization } = row;
    const key = { key: name, prefix, organization };
    for (const accountId of readers.get(row.id) ?? []) {
      if (row.about === 'expiry') {
        const facts = { ...key, expiresAtMs: row.since.getTime() };
        await notify(client, accountId, 'key-expires-soon', facts, row.organization_id);
      } else {
        const facts = { ...key, percent: percentOf(row), span: row.about };
        await notify(client, accountId, 'key-limit-near', facts, row.organization_id);
      }
    }
  }
  return rows.length;
}

/** A whole number; a key can go past its limit by what was running. */
function percentOf({ spent, threshold }: DueRow): number {
  return Number(spent >= threshold ? 100n : (spent * 100n) / threshold);
}

const shownColumns = 'k.id, k.name, k.prefix, k.organization_id, o.name as organization';
const livingKeys = `keys k join organizations o on o.id = k.organization_id and o.state = 'active'`;

/** The hours of each window; null for the total. */
const hoursOfSpan = `case c.span ${spendSpans
  .filter((span) => span !== 'total')
  .map((span) => `when '${span}' then ${spendSpanMs[span] / 3_600_000}`)
  .join(' ')} end`;

/** Whether a later warning, `next`, says something that the last one, `last`, did not. */
function isNews(last: string, next: string): string {
  return `(case when ${last}.about = 'expiry' then ${last}.since <> ${next}.since or ${last}.threshold > ${next}.threshold
    else ${last}.threshold <> ${next}.threshold
      or (${last}.since <> ${next}.since and ${last}.warned_at <= ${next}.warned_at - interval '1 day') end)`;
}

/** Notes what `found` selects as said. What another node has noted meanwhile is left to that one. */
function noting(found: string): string {
  return `with found as (${found}), due as (
      select f.* from found f left join key_warnings w on w.key_id = f.id and w.about = f.about
      where w.key_id is null or ${isNews('w', 'f')} order by f.id, f.about limit ${batchKeys}
    ), noted as (
      insert into key_warnings as w (key_id, about, threshold, since, warned_at)
      select id, about, threshold, since, warned_at from due order by id, about
      on conflict (key_id, about) do update
        set threshold = excluded.threshold, since = excluded.since, warned_at = excluded.warned_at
        where ${isNews('w', 'excluded')}
      returning key_id, about
    ) select due.* from due join noted on noted.key_id = due.id and noted.about = due.about`;
}

async function dueLimits(client: pg.PoolClient, nowMs: number): Promise<readonly DueRow[]> {
  const { rows } = await client.query<DueRow>(
    noting(`select ${shownColumns}, c.span as about, c.amount as threshold, s.started_at as since, s.spent,
        $1::timestamptz as warned_at
      from ${livingKeys}
        cross join lateral (values ${spendSpans.map((span) => `('${span}', k.spend_${span})`).join(', ')}) c(span, amount)
        join key_spend s on s.key_id = k.id and s.span = c.span
      where k.state = 'enabled' and (k.expires_at is null or k.expires_at > $1) and c.amount > 0
        and s.spent >= c.amount::numeric * $2 / 100
        and (c.span = 'total' or s.started_at > $1::timestamptz - make_interval(hours => ${hoursOfSpan}))`),
    [new Date(nowMs), limits.keyWarningPercent],
  );
  return rows;
}

async function dueExpiries(client: pg.PoolClient, nowMs: number): Promise<readonly DueRow[]> {
  const { rows } = await client.query<DueRow>(
    // A key that was made for less than a threshold is not near its end by its age.
    noting(`select ${shownColumns}, 'expiry' as about, d.days::bigint as threshold, k.expires_at as since,
        0::bigint as spent, $1::timestamptz as warned_at
      from ${livingKeys}
        cross join lateral (select min(days) as days from unnest($2::int[]) days
          where k.expires_at <= $1::timestamptz + make_interval(days => days)) d
      where k.state = 'enabled' and k.expires_at > $1 and d.days is not null
        and k.created_at <= k.expires_at - make_interval(days => d.days)`),
    [new Date(nowMs), limits.keyExpiryWarningDays],
  );
  return rows;
}

/** Account ids by key: the holder, else the maker, else the owners; of these, members who may act. */
export async function readersOf(
  client: pg.PoolClient,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const { rows } = await client.query<{ key_id: string; accounts: string[] }>(
    `select key_id, array_agg(account_id order by account_id) as accounts from (
       select key_id, account_id, rank() over (partition by key_id order by closeness) as place from (
         select k.id as key_id, m.account_id,
           case m.account_id when k.account_id then 1 when k.created_by then 2 else 3 end as closeness
         from keys k
           join members m on m.organization_id = k.organization_id and m.state = 'active'
           join accounts a on a.id = m.account_id and a.state = 'active'
         where k.id = any($1) and (m.account_id in (k.account_id, k.created_by) or 'owner' = any(m.roles))) near) ranked
     where place = 1 group by key_id`,
    [keyIds],
  );
  return new Map(rows.map(({ key_id, accounts }) => [key_id, accounts]));
}
