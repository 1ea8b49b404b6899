import type { Readable } from 'node:stream';
import type { Channel } from './ports.ts';

/** What goes up, before it is known where to. */
export interface Outgoing {
  readonly path: string;
  readonly body: Buffer | Readable | null;
  readonly hideUsage: boolean;
  readonly conversation: string | null;
}

/** What goes to the channel. */
export interface UpstreamRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: string[];
  readonly body: Buffer | Readable | null;
  /** The client did not ask for the usage event that we asked for. */
  readonly hideUsage: boolean;
}

/** Adds the channel's credential, where its vendor looks for it. */
export function addCredential(headers: string[], channel: Channel): void {
  if (channel.credential !== '') {
    if (channel.wire === 'openai') headers.push('authorization', `Bearer ${channel.credential}`);
    else if (channel.wire === 'anthropic') headers.push('x-api-key', channel.credential);
    else headers.push('x-goog-api-key', channel.credential);
  }
  if (channel.wire === 'anthropic' && !headers.includes('anthropic-version'))
    headers.push('anthropic-version', '2023-06-01');
}
