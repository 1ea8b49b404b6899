import type { IncomingMessage, ServerResponse } from 'node:http';
import { newRequestId } from '../base/request-id.ts';
import {
  admitConcurrency,
  admitEndpoint,
  admitHead,
  admitKey,
  admitRate,
  admitSpend,
  admitTokens,
  open,
} from './admission.ts';
import { refusalBody, sendRefusal } from './answer.ts';
import { type Call, type Ending, newCall } from './call.ts';
import type { GatewayContext } from './context.ts';
import { errorTable, type Refusal, refusal } from './errors.ts';
import { answerLocally } from './local.ts';
import { prepare } from './prepare.ts';
import { relay } from './relay.ts';
import { settle } from './settle.ts';

/**
 * One request from its first byte to its record: admit → route → relay → settle. This is the only place that knows the
 * order. Every phase answers with a go or a refusal; whatever happens, the call is settled.
 */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  context: GatewayContext,
): Promise<void> {
  const nowMs = context.clock.now();
  const call = newCall(newRequestId(nowMs), request, response, nowMs, context.clock.monotonic());
  context.running++;
  try {
    const refused = await serve(call, context);
    if (refused) refuse(call, refused, context);
  } catch (error) {
    context.log.error({ requestId: call.id, err: error }, 'a request failed inside the gateway');
    if (response.headersSent) response.destroy();
    refuse(call, refusal('internal_error'), context);
  } finally {
    if (--context.running === 0) context.onIdle();
  }
}

async function serve(call: Call, context: GatewayContext): Promise<Refusal | null> {
  const early = admitHead(call, context);
  if (early) return early;
  if (call.match?.endpoint.wire === 'lodge' && call.head?.credentials.length === 0) return answerLocally(call, context);
  let refused = admitKey(call, context);
  if (refused instanceof Promise) refused = await refused;
  refused ??= admitEndpoint(call, context);
  for (const step of call.match?.endpoint.local ? localSteps : upstreamSteps) {
    if (refused) return refused;
    const next = step(call, context);
    refused = next instanceof Promise ? await next : next;
  }
  if (refused) return refused;
  if (call.match?.endpoint.local) return answerLocally(call, context);
  const outgoing = await prepare(call, context);
  if ('code' in outgoing) return outgoing;
  const opening = open(call, context);
  const unopened = opening instanceof Promise ? await opening : opening;
  if (unopened) return unopened;
  await relay(call, outgoing, context.relay);
  return null;
}

const localSteps = [admitRate];
const upstreamSteps = [admitRate, admitSpend, admitTokens, admitConcurrency];

/** Settles and answers a call that is not served: the close record goes first, then the bytes. */
export function refuse(call: Call, refused: Refusal, context: GatewayContext): void {
  if (call.settled) return;
  if (call.response.destroyed || call.response.headersSent) {
    settle(call, unheardEnding(call, refused), context.settle);
    return;
  }
  const body = refusalBody(call, refused, context.settings);
  call.bytesOut = body.length;
  settle(call, refusedEnding(refused), context.settle);
  sendRefusal(call, refused, body);
}

/** Nobody is left to hear the refusal, or a part of an answer went out already. */
function unheardEnding(call: Call, refused: Refusal): Ending {
  if (!call.response.headersSent) return { outcome: 'client_left_early', status: null, errorCode: null, fault: null };
  const { actor } = errorTable[refused.code];
  return { outcome: 'stream_broken', status: call.response.statusCode, errorCode: refused.code, fault: actor };
}

const outcomeOf = { you: 'refused', us: 'gateway_error', vendor: 'vendor_error' } as const;

function refusedEnding(refused: Refusal): Ending {
  const { actor } = errorTable[refused.code];
  return {
    outcome: outcomeOf[actor],
    status: refused.status,
    errorCode: refused.code,
    fault: actor,
  };
}
