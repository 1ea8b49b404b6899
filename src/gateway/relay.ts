import type { Readable } from 'node:stream';
import { limits } from '../base/limits.ts';
import type { Call } from './call.ts';
import { type Refusal, refusal } from './errors.ts';
import { Exchange, type ExchangeContext, type TryResult } from './exchange.ts';
import type { ChannelBreakers } from './health.ts';
import { addCredential, type Outgoing, type UpstreamRequest } from './outgoing.ts';
import type { Channel } from './ports.ts';
import { orderChannels } from './route.ts';
import type { Upstreams } from './upstream.ts';

export interface RelayContext extends ExchangeContext {
  readonly upstreams: Upstreams;
  readonly breakers: ChannelBreakers;
  refuse(call: Call, refused: Refusal): void;
}

/**
 * Tries the group's channels until one serves the call. Nothing is tried again once a byte has reached the client, nor a
 * body that has flowed past. Every try is recorded.
 */
export async function relay(call: Call, outgoing: Outgoing, context: RelayContext): Promise<void> {
  const { group } = call;
  if (!group) return;
  const channels = orderChannels(group, context.breakers, outgoing.conversation, Math.random());
  const { body } = outgoing;
  const repeatable = body === null || Buffer.isBuffer(body);
  let failed: Extract<TryResult, { served: false }> | null = null;
  for (let i = 0, tries = 0; i < channels.length && tries < limits.attempts; tries++) {
    // Who left while the call was admitted must not cost a call upstream.
    if (call.response.destroyed) break;
    const channel = channels[i] as Channel;
    const result = await tryChannel(call, channel, outgoing, context);
    if (!repeatable) stopReading(call, body);
    if (result.served) {
      if (call.upstreamStatus !== null && call.upstreamStatus < 500) context.breakers.succeeded(channel.id);
      return;
    }
    if (result.sick) context.breakers.failed(channel.id);
    // A kept-alive socket that closed under the request proves nothing: once more over a new one.
    const again = result.kind === 'stale' && failed?.kind !== 'stale';
    failed = result;
    if (!repeatable) break;
    if (again) continue;
    if (!result.elsewhere) break;
    i++;
  }
  context.refuse(call, failed?.refusal ?? refusal('no_channel', { group: group.id }, 5));
}

/** The vendor may have answered before the body's end: what the client still sends goes nowhere, but must be read. */
function stopReading(call: Call, body: Readable): void {
  call.request.unpipe();
  call.request.resume();
  body.destroy();
}

function tryChannel(call: Call, channel: Channel, outgoing: Outgoing, context: RelayContext): Promise<TryResult> {
  return new Promise((resolve) => {
    const request: UpstreamRequest = {
      path: channel.basePath + outgoing.path + call.query,
      method: call.method,
      headers: upstreamHeaders(call, channel),
      body: outgoing.body,
      hideUsage: outgoing.hideUsage,
    };
    const exchange = new Exchange(call, channel, request, context, resolve);
    try {
      context.upstreams.pool(channel).dispatch(
        {
          path: request.path,
          method: request.method as 'POST',
          headers: request.headers,
          body: request.body,
        },
        exchange,
      );
    } catch (error) {
      exchange.onResponseError(null, error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/** The client's headers with the channel's credential instead of the key. Answers must come plain: they are read. */
function upstreamHeaders(call: Call, channel: Channel): string[] {
  const headers = [...(call.head?.upstream ?? []), 'accept-encoding', 'identity'];
  addCredential(headers, channel);
  return headers;
}
