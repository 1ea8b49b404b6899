import { crc32 } from 'node:zlib';
import type { Channel, Group } from './ports.ts';

/** What routing knows of a channel beside its row: whether it rests after failures. */
export interface ChannelHealth {
  /** False while the channel rests. */
  usable(channelId: string): boolean;
}

/**
 * The channels to try for a call, best first. Pure but for the health it is shown.
 *
 * A conversation stays where it is, so that the vendor's prompt cache keeps working: its key picks a point on a wheel of
 * weights, and while the channels stay the same so does the point. Calls without one are spread by `chance`. Resting
 * channels come last: when nothing else is left, trying one beats refusing.
 */
export function orderChannels(
  group: Group,
  health: ChannelHealth,
  conversation: string | null,
  chance: number,
): readonly Channel[] {
  const { channels } = group;
  if (channels.length < 2) return channels;
  const usable = channels.filter((channel) => health.usable(channel.id));
  const resting = channels.filter((channel) => !health.usable(channel.id));
  const point = conversation === null ? chance : pointOf(conversation);
  return [...turnWheel(usable, point), ...turnWheel(resting, point)];
}

/** The channel whose slice of the wheel holds the point, then the others in the order of the wheel. */
function turnWheel(channels: readonly Channel[], point: number): readonly Channel[] {
  const total = channels.reduce((sum, channel) => sum + channel.weight, 0);
  let left = point * total;
  for (let i = 0; i < channels.length; i++) {
    left -= channels[i]?.weight ?? 0;
    if (left < 0) return [...channels.slice(i), ...channels.slice(0, i)];
  }
  return channels;
}

/** A number from 0 to 1. A CRC alone spreads names that differ in their last digits unevenly, so its bits are mixed. */
function pointOf(conversation: string): number {
  let mixed = crc32(conversation);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000;
}
