import type { PoolClient } from 'pg';
import { z } from 'zod';
import { Conditions } from './conditions.ts';
import { type Scope, within } from './reach.ts';

const minuteMs = 60_000;

export const rateSchema = z
  .object({ rpm: z.int(), tpm: z.int() })
  .describe('Requests and tokens of the last minute, as far as they have ended.');

/** Requests and tokens of the last minute, from the records. */
export async function readRate(
  client: PoolClient,
  scope: Scope,
  nowMs: number,
  narrow: (where: Conditions) => void = () => undefined,
): Promise<z.input<typeof rateSchema>> {
  const where = new Conditions();
  within(scope, where, 'r');
  narrow(where);
  where.add(`r.received_at > ${where.place(new Date(nowMs - minuteMs))}`);
  where.add(`r.received_at <= ${where.place(new Date(nowMs))}`);
  const { rows } = await client.query<{ requests: bigint; tokens: bigint }>(
    // Tokens of every class, as they count against a limit per minute.
    `select count(*) as requests, coalesce(sum(
       input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens +
       image_input_tokens + output_tokens + audio_output_tokens + image_output_tokens
     ) filter (where charge_rule in ('actual_usage', 'estimated_output')), 0)::bigint as tokens
     from request_records r where ${where.text()}`,
    where.values,
  );
  return { rpm: Number(rows[0]?.requests ?? 0n), tpm: Number(rows[0]?.tokens ?? 0n) };
}
