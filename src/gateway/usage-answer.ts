import { formatUsd } from '../base/money.ts';
import { spendReports } from '../base/spend-window.ts';
import type { Call } from './call.ts';
import type { GatewayContext } from './context.ts';
import { type Refusal, refusal } from './errors.ts';
import type { Group, Key, UsageReport, UsageWindow } from './ports.ts';

const dayMs = 86_400_000;
const defaultDays = 30;
const maxDays = 366;

/**
 * `GET /v1/usage` for the calling key. With a limit or an end date of its own the key is `quota_limited`, else
 * `unrestricted`. `start_date` and `end_date` (UTC days) bound the statistics by model only.
 */
export async function usageAnswer(
  call: Call,
  key: Key,
  group: Group,
  context: GatewayContext,
): Promise<{ readonly body: object } | Refusal> {
  const nowMs = context.clock.now();
  const range = readRange(new URLSearchParams(call.query), nowMs);
  if ('code' in range) return range;
  let report: UsageReport;
  try {
    report = await context.usage.report(key.id, range.from, range.to);
  } catch (error) {
    context.log.warn({ requestId: call.id, err: error }, 'usage could not be read');
    return refusal('usage_unavailable', {}, 2);
  }
  const shape = limitsOf(key, context, nowMs) ?? walletOf(group);
  return { body: { ...shape, usage: usageOf(report), model_stats: report.models.map(modelStats) } };
}

function readRange(query: URLSearchParams, nowMs: number): { from: string; to: string } | Refusal {
  const to = query.get('end_date') ?? day(nowMs);
  const from = query.get('start_date') ?? day(Date.parse(to) - (defaultDays - 1) * dayMs);
  for (const [parameter, text] of [
    ['start_date', from],
    ['end_date', to],
  ] as const)
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isDay(text))
      return refusal('invalid_parameter', { parameter, expected: 'a day such as 2026-01-31' });
  if (from > to) return refusal('invalid_parameter', { parameter: 'start_date', expected: 'no later than end_date' });
  if (Date.parse(to) - Date.parse(from) > maxDays * dayMs)
    return refusal('invalid_parameter', {
      parameter: 'start_date',
      expected: `at most ${maxDays} days before end_date`,
    });
  return { from, to };
}

function day(timeMs: number): string {
  return Number.isFinite(timeMs) ? new Date(timeMs).toISOString().slice(0, 10) : '';
}

/** Refuses the 31st of June, which `Date.parse` would either refuse or move. */
function isDay(text: string): boolean {
  return day(Date.parse(text)) === text;
}

/** The `quota_limited` shape, or null when the key has neither caps nor an end date. */
function limitsOf(key: Key, context: GatewayContext, nowMs: number): object | null {
  const reports = spendReports(key.limits.spend, context.spendBook.spend(key), nowMs);
  if (reports.length === 0 && key.expiresAtMs === null) return null;
  const total = reports.find(({ span }) => span === 'total');
  const windows = reports.filter(({ span }) => span !== 'total');
  return {
    mode: 'quota_limited',
    isValid: true,
    status: 'active',
    ...(total && {
      quota: { limit: usd(total.limit), used: usd(total.used), remaining: usd(total.remaining), unit: 'USD' },
      remaining: usd(total.remaining),
    }),
    unit: 'USD',
    ...(windows.length > 0 && {
      rate_limits: windows.map((window) => ({
        window: window.span,
        limit: usd(window.limit),
        used: usd(window.used),
        remaining: usd(window.remaining),
        window_start: iso(window.windowStartMs),
        reset_at: iso(window.resetAtMs),
      })),
    }),
    ...(key.expiresAtMs !== null && {
      expires_at: iso(key.expiresAtMs),
      days_until_expiry: Math.max(0, Math.ceil((key.expiresAtMs - nowMs) / dayMs)),
    }),
  };
}

/** Without a wallet there is no balance to tell: the shape stands, its amounts are null, never invented. */
function walletOf(group: Group): object {
  return {
    mode: 'unrestricted',
    isValid: true,
    planName: group.displayName,
    unit: 'USD',
    remaining: null,
    balance: null,
  };
}

function usageOf(report: UsageReport): object {
  return {
    today: counts(report.today),
    total: counts(report.total),
    average_duration_ms: report.averageDurationMs,
    rpm: report.rpm,
    tpm: report.tpm,
  };
}

function counts(window: UsageWindow): object {
  return {
    requests: window.requests,
    input_tokens: window.inputTokens,
    output_tokens: window.outputTokens,
    cache_creation_tokens: window.cacheCreationTokens,
    cache_read_tokens: window.cacheReadTokens,
    total_tokens: window.inputTokens + window.outputTokens + window.cacheCreationTokens + window.cacheReadTokens,
    cost: usd(window.cost),
    actual_cost: usd(window.actualCost),
  };
}

function modelStats(stats: UsageReport['models'][number]): object {
  return { model: stats.model, ...counts(stats) };
}

/** A JSON number, as clients of this endpoint expect. Exact to the nano up to four million dollars. */
function usd(nano: bigint): number {
  return Number(formatUsd(nano));
}

function iso(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}
