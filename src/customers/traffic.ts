import type pg from 'pg';

/** What the last quarter of an hour says of one channel. */
export interface ChannelTraffic {
  readonly channelId: string;
  /** Tries, of which one call may make several. */
  readonly calls: number;
  readonly failures: number;
  /** The coded reason that failed most. */
  readonly mainFailure: string | null;
  /** Milliseconds until the upstream's head, of tries that served. Null: there were none. */
  readonly headP50Ms: number | null;
  readonly headP95Ms: number | null;
  readonly lastCallAtMs: number;
}

export interface Traffic {
  /** What the figures look back, in seconds: less than the window when there was too much to read. */
  readonly seconds: number;
  readonly requests: number;
  /** Requests that failed, by who has to act. */
  readonly failures: { readonly you: number; readonly us: number; readonly vendor: number };
  /** Of the last minute. */
  readonly requestsPerMinute: number;
  readonly channels: ReadonlyMap<string, ChannelTraffic>;
}

const windowMs = 900_000;
/** Records read at most, newest first: with their attempts a tenth of a second. */
const mostRecords = 20_000;

const recent = `recent as materialized (
  select received_at, attempts, error_code, fault from request_records
  where received_at > $1 and received_at <= $2 order by received_at desc limit ${mostRecords}
)`;

const sumsSql = `
with ${recent}
select count(*)::int as requests, min(received_at) as since,
  count(*) filter (where error_code is not null and fault = 'you')::int as you,
  count(*) filter (where error_code is not null and fault = 'us')::int as us,
  count(*) filter (where error_code is not null and fault = 'vendor')::int as vendor
from recent`;

const minuteSql = 'select count(*)::int as requests from request_records where received_at > $1 and received_at <= $2';

const channelsSql = `
with ${recent}, tries as (
  select attempt ->> 'channelId' as channel_id, attempt ->> 'failure' as failure, received_at,
    (attempt ->> 'headMs')::float - (attempt ->> 'startedMs')::float as head_ms
  from recent cross join jsonb_array_elements(attempts) as attempt
)
select channel_id, count(*)::int as calls, count(failure)::int as failures,
  mode() within group (order by failure) as main_failure,
  percentile_cont(0.5) within group (order by head_ms) filter (where failure is null) as p50,
  percentile_cont(0.95) within group (order by head_ms) filter (where failure is null) as p95,
  max(received_at) as last_call_at
from tries where channel_id is not null group by channel_id`;

interface Sums {
  readonly requests: number;
  readonly since: Date | null;
  readonly you: number;
  readonly us: number;
  readonly vendor: number;
}

interface ChannelSums {
  readonly channel_id: string;
  readonly calls: number;
  readonly failures: number;
  readonly main_failure: string | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly last_call_at: Date;
}

/** Reads the records of the last quarter of an hour, of the whole site. */
export async function readTraffic(pool: pg.Pool, nowMs: number): Promise<Traffic> {
  const now = new Date(nowMs);
  const span = [new Date(nowMs - windowMs), now];
  const [sums, minute, channels] = await Promise.all([
    pool.query<Sums>(sumsSql, span),
    pool.query<{ requests: number }>(minuteSql, [new Date(nowMs - 60_000), now]),
    pool.query<ChannelSums>(channelsSql, span),
  ]);
  const all = sums.rows[0];
  const requests = all?.requests ?? 0;
  const sinceMs = requests < mostRecords ? nowMs - windowMs : (all?.since?.getTime() ?? nowMs - windowMs);
  return {
    seconds: Math.max(1, Math.round((nowMs - sinceMs) / 1_000)),
    requests,
    failures: { you: all?.you ?? 0, us: all?.us ?? 0, vendor: all?.vendor ?? 0 },
    requestsPerMinute: minute.rows[0]?.requests ?? 0,
    channels: new Map(channels.rows.map((row) => [row.channel_id, trafficOf(row)])),
  };
}

function trafficOf(row: ChannelSums): ChannelTraffic {
  const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms));
  return {
    channelId: row.channel_id,
    calls: row.calls,
    failures: row.failures,
    mainFailure: row.main_failure,
    headP50Ms: rounded(row.p50),
    headP95Ms: rounded(row.p95),
    lastCallAtMs: row.last_call_at.getTime(),
  };
}
