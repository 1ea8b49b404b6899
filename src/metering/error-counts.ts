import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { Range } from './buckets.ts';
import { Conditions } from './conditions.ts';
import type { ExplainWords } from './explain-words.ts';
import { type Scope, within } from './reach.ts';

const mostCodes = 50;
/** Counting so many takes a tenth of a second. */
const mostCounted = 200_000;

export const errorCountsSchema = z
  .object({
    since: z.iso.datetime().describe('The beginning, or later where there are more failures than can be counted.'),
    codes: z.array(
      z.object({
        code: z.string(),
        count: z.int(),
        last_request_id: z.string(),
        last_at: z.iso.datetime(),
        fault: z.enum(['you', 'us', 'vendor']).nullable().describe('Who has to act.'),
        why: z.string(),
        what_to_do: z.string(),
      }),
    ),
  })
  .meta({ id: 'ErrorCounts' });

interface CodeRow {
  readonly code: string;
  readonly count: bigint;
  readonly last_id: string;
  readonly last_at: Date;
  readonly fault: string | null;
}

/** Failures of steps of time, as sums tell them: by these the counting is bounded. */
export interface FailureStep {
  readonly startMs: number;
  readonly failures: number;
}

/** Where counting begins, so that it ends in time: the newest steps that together are not too many. */
export function countedFrom(steps: readonly FailureStep[], fromMs: number): number {
  let counted = 0;
  for (const { startMs, failures } of steps.toReversed()) {
    counted += failures;
    if (counted > mostCounted) return startMs;
  }
  return fromMs;
}

/** Failures by code, the most frequent first, with the newest request of each. `client` is in `reading`. */
export async function readErrorCounts(
  client: PoolClient,
  scope: Scope,
  { fromMs, toMs }: Range,
  words: ExplainWords,
  narrow: (where: Conditions) => void = () => undefined,
): Promise<z.input<typeof errorCountsSchema>> {
  const where = new Conditions();
  within(scope, where, 'r');
  where.add(`r.received_at >= ${where.place(new Date(fromMs))} and r.received_at < ${where.place(new Date(toMs))}`);
  where.add('r.error_code is not null');
  narrow(where);
  const { rows } = await client.query<CodeRow>(
    // The index alone answers the count; the newest of each code is then looked up.
    `select counts.code, counts.count, counts.last_at, newest.id as last_id, newest.fault
     from (
       select r.error_code as code, count(*) as count, max(r.received_at) as last_at
       from request_records r where ${where.text()} group by 1 order by 2 desc, 1 limit ${mostCodes}
     ) as counts
     cross join lateral (
       select r.id, r.fault from request_records r
       where ${where.text()} and r.error_code = counts.code and r.received_at = counts.last_at
       order by r.id desc limit 1
     ) as newest
     order by 2 desc, 1`,
    where.values,
  );
  return {
    since: new Date(fromMs).toISOString(),
    codes: rows.map((row) => {
      const { why, action } = words.codes[row.code] ?? words.unknownCode;
      return {
        code: row.code,
        count: Number(row.count),
        last_request_id: row.last_id,
        last_at: row.last_at.toISOString(),
        fault: row.fault === 'you' || row.fault === 'us' || row.fault === 'vendor' ? row.fault : null,
        why,
        what_to_do: action,
      };
    }),
  };
}
