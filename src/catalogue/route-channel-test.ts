import { z } from 'zod';
import { type Route, route, Throttle, ThrottledError } from '../http/index.ts';
import { callableChannel, judgeTest } from './channel-test.ts';
import { catalogueProblems } from './problems.ts';
import type { ChannelTests, RouteParts } from './route-shapes.ts';

const testShape = z
  .object({
    ok: z.boolean().describe('Whether calls over this channel will be served.'),
    status: z.int().nullable().describe('Of the upstream; null when none came.'),
    failure: z.enum(['forbidden', 'connect', 'timeout', 'broken']).nullable(),
    duration_ms: z.int(),
    message: z.string(),
  })
  .meta({ id: 'ChannelTest' });

/** A stuck finger, or a script that tries credentials. */
const testsPerMinute = 20;

export function channelTestRoutes({ pool, rules, clock }: RouteParts, tests: ChannelTests): readonly Route[] {
  const throttle = new Throttle(clock, testsPerMinute, 60_000);
  return [
    route({
      method: 'POST',
      path: '/admin/v1/channels/{channel}/test',
      summary: 'Call a channel’s upstream for its list of models, and say what came',
      access: 'staff:catalogue.write',
      params: z.object({ channel: z.string() }),
      responses: { 200: testShape },
      problems: { ...catalogueProblems, channel_test_throttled: 429 },
      async handle({ log }, { params }) {
        const options = { sandboxOrigin: tests.sandboxOrigin(), log };
        const channel = await callableChannel(pool, rules.sealer, options, params.channel);
        const wait = throttle.count(channel.id);
        if (wait > 0)
          throw new ThrottledError(
            'channel_test_throttled',
            `A channel is tested ${testsPerMinute} times a minute.`,
            wait,
          );
        const result = judgeTest(await tests.probe(channel));
        log.info({ channel: channel.id, ok: result.ok, status: result.status }, 'channel tested');
        const { ok, status, failure, durationMs, message } = result;
        return { status: 200, body: { ok, status, failure, duration_ms: durationMs, message } };
      },
    }),
  ];
}
