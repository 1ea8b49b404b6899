import {
  applyEdits,
  chatUsageEdit,
  type Endpoint,
  type EndpointMatch,
  estimateCost,
  modelEdits,
  type Peek,
  peekBody,
} from '../vendors/index.ts';
import { admitModel } from './admission.ts';
import { readBody } from './body.ts';
import type { Call } from './call.ts';
import type { GatewayContext } from './context.ts';
import { type Refusal, refusal } from './errors.ts';
import { opaqueBody } from './opaque-body.ts';
import type { Outgoing } from './outgoing.ts';

/** The wires whose streams tell their usage only when asked to. */
const asksForUsage: ReadonlySet<string> = new Set(['openai.chat', 'openai.completions']);

/** Output that is expected of a call which names no limit, for its estimate. */
const usualOutputTokens = 1_000;
const bytesPerToken = 4;

/**
 * Reads what must be known of the body before the call may go up: its model above all. Same-wire bodies keep every byte;
 * only the value of the model changes where an alias stands, and a chat stream is made to report its usage.
 */
export async function prepare(call: Call, context: GatewayContext): Promise<Outgoing | Refusal> {
  const { match, head } = call;
  if (!match || !head) return refusal('internal_error');
  const { endpoint, pathModel } = match;
  if (pathModel) {
    const refused = admitModel(call, pathModel.name);
    if (refused) return refused;
  }
  const path = upstreamPath(call, match);
  if (endpoint.body === 'none') {
    call.request.resume();
    return { path, body: null, hideUsage: false, conversation: null };
  }
  if (endpoint.body === 'opaque') return opaqueBody(call, path, context);
  const read = await readBody(
    call.request,
    head.contentEncoding,
    head.contentLength,
    context.settings.maxJsonBodyBytes,
  );
  if ('code' in read) return read;
  call.bytesIn = read.wireBytes;
  const peek = peekBody(endpoint, read.bytes);
  if ('problem' in peek) return refusal(peek.problem, { reason: peek.reason });
  return fromPeek(call, endpoint, peek, path, read.bytes);
}

function fromPeek(call: Call, endpoint: Endpoint, peek: Peek, path: string, bytes: Buffer): Outgoing | Refusal {
  if (peek.stream && endpoint.streams === 'asked') call.mode = 'stream';
  if (endpoint.modelPlace === 'body' && peek.model !== null) {
    const refused = admitModel(call, peek.model);
    if (refused) return refused;
  }
  if (call.mode !== 'stream' && peek.background) return refusal('background_unsupported');
  call.estimate = estimate(call, peek, bytes.length);
  const routed = call.model?.id ?? null;
  // A model named inside the body of a call whose path names it as well must agree with the path.
  if (endpoint.modelPlace === 'path' && peek.model !== null && peek.model !== call.modelAsked && peek.model !== routed)
    return refusal('model_ambiguous');
  const edits = routed === null ? [] : modelEdits(endpoint, bytes, peek, routed);
  const usage = asksForUsage.has(endpoint.wire) && call.mode === 'stream' ? chatUsageEdit(peek) : null;
  if (usage?.edit) edits.push(usage.edit);
  return {
    path,
    body: applyEdits(bytes, edits),
    hideUsage: usage?.hideUsage ?? false,
    conversation: peek.conversation,
  };
}

/** The path with the canonical name where an alias stood. */
function upstreamPath(call: Call, match: EndpointMatch): string {
  const { pathModel, upstreamPath: path } = match;
  if (!pathModel || !call.model || call.model.id === pathModel.name) return path;
  return path.slice(0, pathModel.start) + encodeURIComponent(call.model.id) + path.slice(pathModel.end);
}

/** What the call may come to at list price: counted input, and output up to what was asked or the model can give. */
function estimate(call: Call, peek: Peek, bodyBytes: number): bigint {
  const { price, model } = call;
  if (!price || call.match?.endpoint.metering !== 'usage') return 0n;
  const asked = peek.maxOutputTokens ?? usualOutputTokens;
  return estimateCost(price, {
    inputTokens: Math.ceil(bodyBytes / bytesPerToken),
    outputTokens: Math.min(asked, model?.maxOutputTokens ?? asked) * Math.min(peek.choices, 128),
  });
}
