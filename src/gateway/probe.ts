import type { Clock } from '../base/clock.ts';
import { limits } from '../base/limits.ts';
import type { Family } from '../vendors/index.ts';
import { addCredential } from './outgoing.ts';
import type { Channel, ProbeResult } from './ports.ts';
import { type FailureKind, failureKind, type Upstreams } from './upstream.ts';

/** Behind the channel's base path: what every vendor answers without doing any work. */
const modelsPath: Readonly<Record<Family, string>> = {
  openai: '/models',
  anthropic: '/v1/models',
  gemini: '/v1beta/models',
};

/** An answer is read to its end up to this, so that the connection can be used again. */
const discardBytes = 1024 * 1024;

/**
 * One small call over the channel's own connections, with its credential and under the address rule. Nothing of the
 * answer is kept but its status: a vendor's error may repeat the credential.
 */
export async function probe(channel: Channel, upstreams: Upstreams, clock: Clock): Promise<ProbeResult> {
  const startedMs = clock.monotonic();
  const signal = AbortSignal.timeout(limits.channelTestMs);
  const ask = async (): Promise<number | FailureKind> => {
    try {
      return await statusOf(channel, upstreams, signal);
    } catch (error) {
      return signal.aborted ? 'timeout' : failureKind(error instanceof Error ? error : new Error(String(error)), false);
    }
  };
  const first = await ask();
  // A kept-alive socket that closed under the call proves nothing: once more over a new one.
  const answer = first === 'stale' ? await ask() : first;
  const durationMs = Math.round(clock.monotonic() - startedMs);
  if (typeof answer === 'number') return { status: answer, durationMs };
  return { failure: answer === 'stale' ? 'broken' : answer, durationMs };
}

async function statusOf(channel: Channel, upstreams: Upstreams, signal: AbortSignal): Promise<number> {
  const headers = ['accept', 'application/json', 'accept-encoding', 'identity'];
  addCredential(headers, channel);
  const path = channel.basePath + modelsPath[channel.wire];
  const { statusCode, body } = await upstreams.pool(channel).request({ path, method: 'GET', headers, signal });
  // What becomes of the rest changes nothing: the upstream has answered.
  await body.dump({ limit: discardBytes, signal }).catch(() => undefined);
  return statusCode;
}
