import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { pageOf, type Route, route } from '../http/index.ts';
import { addChannel, type ChannelView, getChannel, listChannels, removeChannel, setChannel } from './channel-store.ts';
import { catalogueProblems, problem } from './problems.ts';
import {
  familyShape,
  given,
  listQuery,
  needed,
  orNull,
  pageAnswer,
  pageOfQuery,
  put,
  putQuery,
  type RouteParts,
  timeShape,
  timeText,
} from './route-shapes.ts';

const channelShape = z
  .object({
    id: z.string(),
    group: z.string(),
    name: z.string(),
    base_url: z.string(),
    credential: z.object({
      state: z.enum(['set', 'unset', 'unreadable']).describe('unreadable: sealed under another LODGE_SECRET'),
      last_four: z.string().nullable(),
    }),
    weight: z.int(),
    region: z.string().nullable(),
    wire: familyShape,
    enabled: z.boolean(),
    created_at: timeShape,
    updated_at: timeShape,
  })
  .meta({ id: 'Channel' });

const channelBody = z.object({
  group: z.string().optional().describe('Needed for a new one; cannot be changed.'),
  name: z.string().optional(),
  base_url: z.string().optional().describe("What the vendor's own SDK takes; `sandbox:` for the sandbox vendor."),
  credential: z.string().nullable().optional().describe('Never shown again. Null takes it away.'),
  weight: z.int().optional(),
  region: z.string().nullable().optional(),
  wire: familyShape.optional(),
  enabled: z.boolean().optional(),
});

const problems = { ...catalogueProblems, channel_group_fixed: 409 };
const byChannel = z.object({ channel: z.string() });
const path = '/admin/v1/channels/{channel}';

export function channelRoutes({ pool, rules }: RouteParts): readonly Route[] {
  const { sealer } = rules;
  return [
    route({
      method: 'GET',
      path: '/admin/v1/channels',
      summary: 'List the channels',
      access: 'staff:catalogue.read',
      query: listQuery.extend({ group: z.string().optional() }),
      responses: { 200: pageOf(channelShape) },
      async handle(_context, { query }) {
        const channels = await listChannels(pool, sealer, { ...pageOfQuery(query), groupId: query.group });
        return { status: 200, body: pageAnswer(channels, query.limit, (each) => each.id, channelItem) };
      },
    }),
    route({
      method: 'GET',
      path,
      summary: 'Show a channel',
      access: 'staff:catalogue.read',
      params: byChannel,
      responses: { 200: channelShape },
      problems,
      async handle(_context, { params }) {
        return { status: 200, body: channelItem(await getChannel(pool, sealer, params.channel)) };
      },
    }),
    route({
      method: 'PUT',
      path,
      summary: 'Make or change a channel; members left out stay as they are',
      access: 'staff:catalogue.write',
      params: byChannel,
      query: putQuery,
      body: channelBody,
      responses: { 200: channelShape, 201: channelShape },
      problems,
      async handle({ actor }, { params: { channel: id }, query, body }) {
        const { group, base_url: baseUrl, name, ...others } = body;
        const rest = given(others);
        const change = async () => {
          const before = await orNull(getChannel(pool, sealer, id), 'channel_not_found');
          if (before && group !== undefined && group !== before.groupId)
            throw new AppError(
              'channel_group_fixed',
              `The channel ${id} belongs to the group ${before.groupId}, which cannot be changed.`,
            );
          return before && setChannel(pool, actor, rules, id, { ...rest, ...given({ name, baseUrl }) });
        };
        const add = () => {
          const what = `The channel ${id}`;
          const groupId = needed(group, 'group', what);
          const address = needed(baseUrl, 'base_url', what);
          return addChannel(pool, actor, rules, { ...rest, id, groupId, baseUrl: address, name: name ?? id });
        };
        const notFound = () => problem('channel_not_found', `There is no channel "${id}".`);
        const { status, view } = await put(query.expect, { change, add }, notFound);
        return { status, body: channelItem(view) };
      },
    }),
    route({
      method: 'DELETE',
      path,
      summary: 'Remove a channel',
      access: 'staff:catalogue.write',
      params: byChannel,
      responses: { 204: null },
      problems,
      async handle({ actor }, { params }) {
        await removeChannel(pool, actor, params.channel);
        return { status: 204, body: null };
      },
    }),
  ];
}

function channelItem(view: ChannelView) {
  return {
    id: view.id,
    group: view.groupId,
    name: view.name,
    base_url: view.baseUrl,
    credential: { state: view.credential.state, last_four: view.credential.lastFour },
    weight: view.weight,
    region: view.region,
    wire: view.wire,
    enabled: view.enabled,
    created_at: timeText(view.createdAtMs),
    updated_at: timeText(view.updatedAtMs),
  };
}
