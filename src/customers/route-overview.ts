import { z } from 'zod';
import { formatUsd } from '../base/money.ts';
import { type Route, route } from '../http/index.ts';
import type { ChannelHealth } from './channel-health.ts';
import type { Customers, Overview } from './customers.ts';
import { timeShape } from './json.ts';

const healthShape = z
  .object({
    id: z.string(),
    name: z.string(),
    group: z.string(),
    vendor: z.string(),
    condition: z
      .enum(['healthy', 'failing', 'resting', 'idle', 'disabled'])
      .describe('resting: after failures in a row, tried again soon. idle: nothing has come its way.'),
    failures_in_row: z.int().describe('On the node that answers.'),
    rests_for_ms: z.int(),
    last_failure_at: timeShape.nullable(),
    calls: z.int().describe('Tries of the last quarter of an hour.'),
    failures: z.int(),
    main_failure: z.string().nullable().describe('The code that failed most.'),
    head_p50_ms: z.int().nullable().describe('Until the upstream’s head, of tries that served.'),
    head_p95_ms: z.int().nullable(),
    last_call_at: timeShape.nullable(),
  })
  .meta({ id: 'ChannelHealth' });

const overviewShape = z
  .object({
    requests_per_minute: z.int(),
    running_calls: z.int().describe('On the node that answers.'),
    recent: z
      .object({
        seconds: z.int(),
        requests: z.int(),
        failures: z.object({ you: z.int(), us: z.int(), vendor: z.int() }).describe('By who has to act.'),
        error_rate: z.number().describe('Share of requests that failed by our or the vendor’s fault, 0 to 1.'),
      })
      .describe('The last quarter of an hour, or less when more than 20,000 requests came.'),
    today: z.object({ requests: z.int(), spend_usd: z.string(), spend_yesterday_usd: z.string() }).describe('In UTC.'),
    customers: z.object({ total: z.int(), suspended: z.int() }),
    accounts: z.object({ total: z.int(), new_today: z.int(), new_7d: z.int(), unverified: z.int() }),
    mail: z.object({ waiting: z.int(), failed_7d: z.int() }),
    journal_lag_ms: z.int().nullable().describe('Age of what the database does not have yet; null: not known.'),
    failing_channels: z.array(healthShape),
  })
  .meta({ id: 'Overview' });

export function overviewRoutes(customers: Customers): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/overview',
      summary: 'Show how the site does now',
      access: 'staff:customers.read',
      responses: { 200: overviewShape },
      handle: async () => ({ status: 200, body: overviewBody(await customers.overview()) }),
    }),
    route({
      method: 'GET',
      path: '/admin/v1/channels/health',
      summary: 'Show how each channel does now',
      access: 'staff:catalogue.read',
      responses: {
        200: z.object({
          seconds: z.int().describe('What the figures look back.'),
          data: z.array(healthShape),
        }),
      },
      async handle() {
        const { traffic, channels } = await customers.channelHealth();
        return { status: 200, body: { seconds: traffic.seconds, data: channels.map(healthBody) } };
      },
    }),
  ];
}

function overviewBody({ traffic, counts, runningCalls, journalLagMs, failingChannels }: Overview) {
  const { you, us, vendor } = traffic.failures;
  const rate = traffic.requests === 0 ? 0 : (us + vendor) / traffic.requests;
  return {
    requests_per_minute: traffic.requestsPerMinute,
    running_calls: runningCalls,
    recent: {
      seconds: traffic.seconds,
      requests: traffic.requests,
      failures: { you, us, vendor },
      error_rate: Math.round(rate * 10_000) / 10_000,
    },
    today: {
      requests: Number(counts.requestsToday),
      spend_usd: formatUsd(counts.spendToday),
      spend_yesterday_usd: formatUsd(counts.spendYesterday),
    },
    customers: { total: counts.customers, suspended: counts.suspended },
    accounts: {
      total: counts.accounts,
      new_today: counts.newAccountsToday,
      new_7d: counts.newAccountsWeek,
      unverified: counts.unverifiedAccounts,
    },
    mail: { waiting: counts.mailWaiting, failed_7d: counts.mailFailed },
    journal_lag_ms: journalLagMs,
    failing_channels: failingChannels.map(healthBody),
  };
}

function healthBody({ channel, condition, state, traffic }: ChannelHealth) {
  const time = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  return {
    id: channel.id,
    name: channel.name,
    group: channel.group_id,
    vendor: channel.vendor_id,
    condition,
    failures_in_row: state?.failures ?? 0,
    rests_for_ms: state?.restsForMs ?? 0,
    last_failure_at: time(state?.lastFailureAtMs),
    calls: traffic?.calls ?? 0,
    failures: traffic?.failures ?? 0,
    main_failure: traffic?.mainFailure ?? null,
    head_p50_ms: traffic?.headP50Ms ?? null,
    head_p95_ms: traffic?.headP95Ms ?? null,
    last_call_at: time(traffic?.lastCallAtMs),
  };
}
