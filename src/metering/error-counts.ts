import type { Pool } from 'pg';
import { z } from 'zod';
import type { Range } from './buckets.ts';
import { Conditions } from './conditions.ts';
import type { ExplainWords } from './explain-words.ts';
import { type Scope, within } from './reach.ts';

/** Failures that are counted at most: of more, the newest. */
const mostCounted = 50_000;
const mostCodes = 50;

export const errorCountsSchema = z
  .object({
    counted_all: z.boolean().describe('False: there were more failures than are counted; these are the newest.'),
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

/** Failures by code, the most frequent first, with the newest request of each. */
export async function readErrorCounts(
  pool: Pool,
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
  const { rows } = await pool.query<CodeRow & { total: string }>(
    `select error_code as code, count(*) as count, max(received_at) as last_at,
       (array_agg(id order by received_at desc, id desc))[1] as last_id,
       (array_agg(fault order by received_at desc, id desc))[1] as fault, sum(count(*)) over () as total
     from (
       select r.error_code, r.received_at, r.id, r.fault from request_records r where ${where.text()}
       order by r.received_at desc limit ${mostCounted + 1}
     ) as failures
     group by 1 order by 2 desc, 1 limit ${mostCodes}`,
    where.values,
  );
  return {
    counted_all: Number(rows[0]?.total ?? 0) <= mostCounted,
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
