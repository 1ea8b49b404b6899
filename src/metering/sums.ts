import { z } from 'zod';
import { formatUsd } from '../base/money.ts';

/** What requests add up to. Requests are all, refused ones included; tokens and costs are those that were charged. */
export interface Sums {
  readonly requests: number;
  readonly failures: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheWriteTokens: number;
  readonly cacheReadTokens: number;
  readonly cost: bigint;
  readonly actualCost: bigint;
  /** Of all requests together. */
  readonly durationMs: number;
}

export const noSums: Sums = {
  requests: 0,
  failures: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheWriteTokens: 0,
  cacheReadTokens: 0,
  cost: 0n,
  actualCost: 0n,
  durationMs: 0,
};

export const sumColumns = [
  'requests',
  'failures',
  'input_tokens',
  'output_tokens',
  'cache_write_tokens',
  'cache_read_tokens',
  'cost',
  'actual_cost',
  'duration_ms',
] as const;

/** Sums as they come out of `sumsOf` columns: decimal text. */
export type SumRow = Readonly<Record<(typeof sumColumns)[number], string | null>>;

export function sumsOfRow(row: SumRow | undefined): Sums {
  if (row === undefined) return noSums;
  return {
    requests: Number(row.requests ?? 0),
    failures: Number(row.failures ?? 0),
    inputTokens: Number(row.input_tokens ?? 0),
    outputTokens: Number(row.output_tokens ?? 0),
    cacheWriteTokens: Number(row.cache_write_tokens ?? 0),
    cacheReadTokens: Number(row.cache_read_tokens ?? 0),
    cost: BigInt(row.cost ?? 0),
    actualCost: BigInt(row.actual_cost ?? 0),
    durationMs: Number(row.duration_ms ?? 0),
  };
}

export function addSums(a: Sums, b: Sums): Sums {
  return combine(a, b, 1);
}

export function subtractSums(a: Sums, b: Sums): Sums {
  return combine(a, b, -1);
}

function combine(a: Sums, b: Sums, sign: 1 | -1): Sums {
  return {
    requests: a.requests + sign * b.requests,
    failures: a.failures + sign * b.failures,
    inputTokens: a.inputTokens + sign * b.inputTokens,
    outputTokens: a.outputTokens + sign * b.outputTokens,
    cacheWriteTokens: a.cacheWriteTokens + sign * b.cacheWriteTokens,
    cacheReadTokens: a.cacheReadTokens + sign * b.cacheReadTokens,
    cost: a.cost + BigInt(sign) * b.cost,
    actualCost: a.actualCost + BigInt(sign) * b.actualCost,
    durationMs: a.durationMs + sign * b.durationMs,
  };
}

const usd = z.string().describe('USD as a decimal, exact to nine places.');

export const sumsSchema = z.object({
  requests: z.int().describe('All, refused ones included.'),
  failures: z.int().describe('Refused, failed or broken off.'),
  input_tokens: z.int(),
  output_tokens: z.int(),
  cache_write_tokens: z.int(),
  cache_read_tokens: z.int(),
  total_tokens: z.int(),
  cost_usd: usd.describe('At list price.'),
  actual_cost_usd: usd.describe('What the organization pays.'),
  average_duration_ms: z.int().nullable().describe('Null without requests.'),
});

export function sumsBody(sums: Sums = noSums): z.input<typeof sumsSchema> {
  return {
    requests: sums.requests,
    failures: sums.failures,
    input_tokens: sums.inputTokens,
    output_tokens: sums.outputTokens,
    cache_write_tokens: sums.cacheWriteTokens,
    cache_read_tokens: sums.cacheReadTokens,
    total_tokens: totalTokens(sums),
    cost_usd: formatUsd(sums.cost),
    actual_cost_usd: formatUsd(sums.actualCost),
    average_duration_ms: sums.requests === 0 ? null : Math.round(sums.durationMs / sums.requests),
  };
}

function totalTokens(sums: Sums): number {
  return sums.inputTokens + sums.outputTokens + sums.cacheWriteTokens + sums.cacheReadTokens;
}

const column = z.array(z.int());

/** A series in columns, as charts take it: one value per step each. */
export const pointsSchema = z.object({
  requests: column,
  failures: column,
  input_tokens: column,
  output_tokens: column,
  cache_write_tokens: column,
  cache_read_tokens: column,
  cost_usd: z.array(usd),
  actual_cost_usd: z.array(usd),
  average_duration_ms: z.array(z.int().nullable()),
});

export function pointsBody(steps: readonly Sums[]): z.input<typeof pointsSchema> {
  return {
    requests: steps.map((sums) => sums.requests),
    failures: steps.map((sums) => sums.failures),
    input_tokens: steps.map((sums) => sums.inputTokens),
    output_tokens: steps.map((sums) => sums.outputTokens),
    cache_write_tokens: steps.map((sums) => sums.cacheWriteTokens),
    cache_read_tokens: steps.map((sums) => sums.cacheReadTokens),
    cost_usd: steps.map((sums) => formatUsd(sums.cost)),
    actual_cost_usd: steps.map((sums) => formatUsd(sums.actualCost)),
    average_duration_ms: steps.map((sums) =>
      sums.requests === 0 ? null : Math.round(sums.durationMs / sums.requests),
    ),
  };
}
