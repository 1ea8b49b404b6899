import type { PoolClient } from 'pg';
import { formatUsd } from '../base/money.ts';
import type { Findings } from './audit-findings.ts';

/** A request that has been open for longer than any may take. */
const longestRequest = '25 hours';

/** The beginning of the day from which on all records stand. Null: there are none. */
export async function recordsBegin(client: PoolClient): Promise<Date | null> {
  const { rows } = await client.query<{ first: Date | null }>(
    `select (min(right(c.relname, 8))::date::timestamp at time zone 'UTC') as first
     from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'request_records'::regclass and c.relname ~ '^request_records_[0-9]{8}$'`,
  );
  return rows[0]?.first ?? null;
}

export interface BookTotals {
  readonly records: number;
  readonly open: number;
  readonly actualCost: bigint;
}

export async function readTotals(client: PoolClient, from: Date): Promise<BookTotals> {
  const { rows } = await client.query<{ records: bigint; open: bigint; actual_cost: string }>(
    `select count(*) filter (where outcome <> 'open') as records, count(*) filter (where outcome = 'open') as open,
       coalesce(sum(actual_cost), 0)::text as actual_cost
     from request_records where received_at >= $1`,
    [from],
  );
  const row = rows[0];
  return {
    records: Number(row?.records ?? 0n),
    open: Number(row?.open ?? 0n),
    actualCost: BigInt(row?.actual_cost ?? '0'),
  };
}

export async function checkOpen(client: PoolClient, from: Date, findings: Findings): Promise<void> {
  const { rows } = await client.query<{ id: string; received_at: Date }>(
    `select id, received_at from request_records
     where outcome = 'open' and received_at >= $1 and received_at < now() - interval '${longestRequest}'`,
    [from],
  );
  for (const row of rows)
    findings.add('open', row.id, `The request was received at ${row.received_at.toISOString()} and never closed.`);
}

interface SumRow {
  readonly hour: Date;
  readonly key_id: string;
  readonly model: string;
  readonly recorded: Readonly<Record<string, string>> | null;
  readonly summed: Readonly<Record<string, string>> | null;
}

const sumNames = [
  'requests',
  'failures',
  'input_tokens',
  'output_tokens',
  'cache_write_tokens',
  'cache_read_tokens',
  'cost',
  'actual_cost',
  'duration_ms',
];

const place = 'hour, organization_id, key_id, project_id, group_id, model';
const asText = (from: string) => `jsonb_build_object(${sumNames.map((n) => `'${n}', ${from}.${n}::text`).join(', ')})`;

// Added up from the records anew; written apart from the statement that keeps the sums, which this is to check.
const sumsSql = `
with recorded as (
  select date_trunc('hour', received_at, 'UTC') as hour, organization_id, coalesce(key_id, '') as key_id,
    coalesce(project_id, '') as project_id, coalesce(group_id, '') as group_id, coalesce(model_routed, '') as model,
    count(*) as requests,
    count(*) - count(*) filter (where outcome in ('completed', 'client_left_early', 'client_left_midstream')) as failures,
    sum(case when paid then input_tokens + audio_input_tokens + image_input_tokens else 0 end) as input_tokens,
    sum(case when paid then output_tokens + audio_output_tokens + image_output_tokens else 0 end) as output_tokens,
    sum(case when paid then cache_write_5m_tokens + cache_write_1h_tokens else 0 end) as cache_write_tokens,
    sum(case when paid then cache_read_tokens else 0 end) as cache_read_tokens,
    sum(cost) as cost, sum(actual_cost) as actual_cost, sum(coalesce(duration_ms, 0)) as duration_ms
  from (
    select *, charge_rule is not null and charge_rule in ('actual_usage', 'estimated_output') as paid
    from request_records where outcome <> 'open' and received_at >= $1
  ) as closed
  group by 1, 2, 3, 4, 5, 6
), summed as (
  select ${place}, ${sumNames.join(', ')} from usage_hours where hour >= $1
)
select hour, key_id, model,
  case when recorded.requests is not null then ${asText('recorded')} end as recorded,
  case when summed.requests is not null then ${asText('summed')} end as summed
from recorded full join summed using (${place})
where recorded.requests is null or summed.requests is null or ${asText('recorded')} <> ${asText('summed')}
order by hour, key_id, model limit 1000`;

/** `from` must be the beginning of an hour. */
export async function checkSums(client: PoolClient, from: Date, findings: Findings): Promise<void> {
  const { rows } = await client.query<SumRow>(sumsSql, [from]);
  for (const row of rows) {
    const subject = `${row.hour.toISOString()} key ${row.key_id || 'none'} model ${row.model || 'none'}`;
    const differing = sumNames.filter((name) => row.recorded?.[name] !== row.summed?.[name]);
    const told = differing.map(
      (name) => `${name}: records ${row.recorded?.[name] ?? '–'}, sum ${row.summed?.[name] ?? '–'}`,
    );
    findings.add('sums', subject, told.join('; '));
  }
}

/** What each key has spent in all must be what its hours add up to. Hours are never dropped. */
export async function checkSpend(client: PoolClient, findings: Findings): Promise<void> {
  const { rows } = await client.query<{ id: string; summed: string; spent: string }>(
    `select keys.id, coalesce(hours.summed, 0)::text as summed, coalesce(key_spend.spent, 0)::text as spent
     from keys
     left join (select key_id, sum(actual_cost) as summed from usage_hours group by key_id) as hours on hours.key_id = keys.id
     left join key_spend on key_spend.key_id = keys.id and key_spend.span = 'total'
     where coalesce(hours.summed, 0) <> coalesce(key_spend.spent, 0) order by keys.id limit 1000`,
  );
  for (const row of rows)
    findings.add(
      'spend',
      row.id,
      `Its hours add up to ${formatUsd(BigInt(row.summed))} USD, its total says ${formatUsd(BigInt(row.spent))} USD.`,
    );
}
