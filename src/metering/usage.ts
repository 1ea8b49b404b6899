import { type Clock, systemClock } from '../base/clock.ts';
import type { Database } from '../db/index.ts';
import type { UsageReader, UsageReport, UsageWindow } from '../gateway/ports.ts';

interface SumRow {
  readonly requests: bigint;
  readonly input_tokens: bigint;
  readonly output_tokens: bigint;
  readonly cache_write_tokens: bigint;
  readonly cache_read_tokens: bigint;
  readonly cost: string;
  readonly actual_cost: string;
  readonly duration_ms: bigint;
}

const sums = `
  coalesce(sum(requests), 0)::bigint as requests,
  coalesce(sum(input_tokens), 0)::bigint as input_tokens,
  coalesce(sum(output_tokens), 0)::bigint as output_tokens,
  coalesce(sum(cache_write_tokens), 0)::bigint as cache_write_tokens,
  coalesce(sum(cache_read_tokens), 0)::bigint as cache_read_tokens,
  coalesce(sum(cost), 0)::text as cost,
  coalesce(sum(actual_cost), 0)::text as actual_cost,
  coalesce(sum(duration_ms), 0)::bigint as duration_ms`;

const totalSql = `select ${sums} from usage_hours where key_id = $1`;

const todaySql = `select ${sums} from usage_hours where key_id = $1 and hour >= date_trunc('day', $2::timestamptz, 'UTC')`;

const modelsSql = `
select model, ${sums} from usage_hours
where key_id = $1 and model <> '' and hour >= ($2 || 'T00:00:00Z')::timestamptz
  and hour < ($3 || 'T00:00:00Z')::timestamptz + interval '24 hours'
group by model order by sum(actual_cost) desc, model limit 1000`;

// Tokens of every class, as they count against a limit per minute.
const minuteSql = `
select count(*) as requests, coalesce(sum(
  input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens +
  image_input_tokens + output_tokens + audio_output_tokens + image_output_tokens
) filter (where charge_rule in ('actual_usage', 'estimated_output')), 0)::bigint as tokens
from request_records where key_id = $1 and received_at > $2 and received_at <= $3`;

/**
 * Reads a key's usage: sums by hour, which outlive the records, and the last minute from the records. What ended within
 * the last fraction of a second may be missing. Requests are all that named the key, refused ones included; tokens and
 * costs are those that were charged.
 */
export function usageReader(database: Pick<Database, 'pool'>, clock: Clock = systemClock): UsageReader {
  const { pool } = database;
  return {
    async report(keyId, fromDay, toDay): Promise<UsageReport> {
      const now = new Date(clock.now());
      const minuteAgo = new Date(now.getTime() - 60_000);
      const [total, today, models, minute] = await Promise.all([
        pool.query<SumRow>(totalSql, [keyId]),
        pool.query<SumRow>(todaySql, [keyId, now]),
        pool.query<SumRow & { readonly model: string }>(modelsSql, [keyId, fromDay, toDay]),
        pool.query<{ requests: bigint; tokens: bigint }>(minuteSql, [keyId, minuteAgo, now]),
      ]);
      const all = total.rows[0];
      return {
        today: windowOf(today.rows[0]),
        total: windowOf(all),
        averageDurationMs: all && all.requests > 0n ? Math.round(Number(all.duration_ms) / Number(all.requests)) : 0,
        rpm: Number(minute.rows[0]?.requests ?? 0n),
        tpm: Number(minute.rows[0]?.tokens ?? 0n),
        models: models.rows.map((row) => ({ model: row.model, ...windowOf(row) })),
      };
    },
  };
}

function windowOf(row: SumRow | undefined): UsageWindow {
  return {
    requests: Number(row?.requests ?? 0n),
    inputTokens: Number(row?.input_tokens ?? 0n),
    outputTokens: Number(row?.output_tokens ?? 0n),
    cacheCreationTokens: Number(row?.cache_write_tokens ?? 0n),
    cacheReadTokens: Number(row?.cache_read_tokens ?? 0n),
    cost: BigInt(row?.cost ?? '0'),
    actualCost: BigInt(row?.actual_cost ?? '0'),
  };
}
