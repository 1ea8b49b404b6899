import { csvRow } from '../../base/csv.ts';
import type { Db } from '../store/index.ts';

export const reportGroups = ['all', 'day', 'queue', 'priority', 'plan', 'assignee', 'error_code'] as const;
export type ReportGroup = (typeof reportGroups)[number];

export interface ReportLine {
  /** `2026-11-21`, a queue, a code; empty: has none. */
  readonly group: string;
  readonly opened: number;
  readonly solved: number;
  /** Wall time in milliseconds; null: none was answered. */
  readonly first_response_median_ms: number | null;
  readonly first_response_p90_ms: number | null;
  readonly resolution_median_ms: number | null;
  /** Tickets that were promised a response time, and of these, those whose targets were all met so far. */
  readonly with_target: number;
  readonly target_met: number;
  readonly reopened: number;
  readonly rated: number;
  readonly rating_mean: number | null;
}

/** What is grouped by, as SQL over the ticket `t`. A ticket with several error codes counts for each. */
const groupings: Readonly<Record<ReportGroup, string>> = {
  all: `'all'`,
  day: `to_char(t.opened_at at time zone 'UTC', 'YYYY-MM-DD')`,
  queue: 't.queue',
  priority: 't.priority',
  plan: `t.target->>'plan'`,
  assignee: `coalesce((select email from accounts a where a.id = t.assignee_id), '')`,
  error_code: `coalesce(f.value, '')`,
};

/** Figures of the tickets that were opened in a span of time. Spam and what was merged are no work. */
export async function readReport(
  db: Db,
  span: { readonly from: Date; readonly to: Date; readonly security: boolean },
  group: ReportGroup,
): Promise<readonly ReportLine[]> {
  const { rows } = await db.query<ReportLine>(
    `select ${groupings[group]} as "group", count(*)::int as opened,
       count(*) filter (where t.state in ('solved', 'closed'))::int as solved,
       percentile_cont(0.5) within group (order by ${msBetween('t.opened_at', 't.first_replied_at')})
         as first_response_median_ms,
       percentile_cont(0.9) within group (order by ${msBetween('t.opened_at', 't.first_replied_at')})
         as first_response_p90_ms,
       percentile_cont(0.5) within group (order by ${msBetween('t.opened_at', 'coalesce(t.solved_at, t.closed_at)')})
         as resolution_median_ms,
       count(*) filter (where ${promised})::int as with_target,
       count(*) filter (where ${promised} and not t.breached)::int as target_met,
       count(*) filter (where exists (select 1 from ticket_events e
         where e.ticket_number = t.number and e.kind = 'reopened'))::int as reopened,
       count(t.rating)::int as rated, avg(t.rating)::float8 as rating_mean
       from tickets t
       left join target_policies p on p.id = t.target->>'policyId' and p.version = (t.target->>'policyVersion')::int
       ${group === 'error_code' ? `left join ticket_facts f on f.ticket_number = t.number and f.kind = 'error_code'` : ''}
      where t.opened_at >= $1 and t.opened_at < $2 and t.merged_into is null and t.queue <> 'spam'
        and ($3 or t.queue <> 'vulnerability')
      group by 1 order by 1 limit 1000`,
    [span.from, span.to, span.security],
  );
  return rows.map((row) => ({
    ...row,
    first_response_median_ms: rounded(row.first_response_median_ms),
    first_response_p90_ms: rounded(row.first_response_p90_ms),
    resolution_median_ms: rounded(row.resolution_median_ms),
  }));
}

const promised = `p.targets->t.priority->>'first_response_ms' is not null`;

function msBetween(from: string, to: string): string {
  return `extract(epoch from ${to} - ${from})::float8 * 1000`;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

const columns = [
  'opened',
  'solved',
  'first_response_median_ms',
  'first_response_p90_ms',
  'resolution_median_ms',
  'with_target',
  'target_met',
  'reopened',
  'rated',
  'rating_mean',
] as const;

export function* reportCsv(group: ReportGroup, lines: readonly ReportLine[]): Generator<string> {
  yield csvRow([group, ...columns]);
  for (const line of lines) yield csvRow([line.group, ...columns.map((column) => line[column])]);
}
