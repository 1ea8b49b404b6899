import type pg from 'pg';
import type { ChannelState } from '../gateway/ports.ts';
import type { ChannelTraffic, Traffic } from './traffic.ts';

/**
 * How a channel does. disabled: it or its group is out of use. resting: tried again soon. failing: in use, and fails.
 * idle: nothing has come its way.
 */
export type ChannelCondition = 'healthy' | 'failing' | 'resting' | 'idle' | 'disabled';

export interface ChannelRow {
  readonly id: string;
  readonly name: string;
  readonly group_id: string;
  readonly vendor_id: string;
  readonly enabled: boolean;
}

export interface ChannelHealth {
  readonly channel: ChannelRow;
  readonly condition: ChannelCondition;
  /** What this node's gateway knows; null: its last call was good. */
  readonly state: ChannelState | null;
  readonly traffic: ChannelTraffic | null;
}

/** Fewer tries than this prove nothing. */
const enoughCalls = 5;
const failingShare = 0.5;
const mostChannels = 1_000;

/** Pure. What this node has just seen counts before what records say of the last quarter of an hour. */
export function decideCondition(
  enabled: boolean,
  state: ChannelState | null,
  traffic: ChannelTraffic | null,
): ChannelCondition {
  if (!enabled) return 'disabled';
  if (state !== null && state.restsForMs > 0) return 'resting';
  if (state !== null) return 'failing';
  if (traffic === null) return 'idle';
  return traffic.calls >= enoughCalls && traffic.failures / traffic.calls >= failingShare ? 'failing' : 'healthy';
}

/** Every channel of the catalogue with its health, by group and name. */
export async function readChannelHealth(
  pool: pg.Pool,
  states: readonly ChannelState[],
  traffic: Traffic,
): Promise<readonly ChannelHealth[]> {
  const { rows } = await pool.query<ChannelRow>(
    `select c.id, c.name, c.group_id, g.vendor_id, c.enabled and g.enabled as enabled
     from channels c join groups g on g.id = c.group_id order by c.group_id, c.name limit ${mostChannels}`,
  );
  const byId = new Map(states.map((state) => [state.channelId, state]));
  return rows.map((channel) => {
    const state = byId.get(channel.id) ?? null;
    const seen = traffic.channels.get(channel.id) ?? null;
    return { channel, condition: decideCondition(channel.enabled, state, seen), state, traffic: seen };
  });
}
