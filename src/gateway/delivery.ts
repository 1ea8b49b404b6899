import { limits } from '../base/limits.ts';
import type { ObservedFacts, Observer } from '../vendors/index.ts';
import { commonHeaders, type HeaderList, refusalEvent } from './answer.ts';
import type { Call, Ending } from './call.ts';
import { errorTable, type Refusal, refusal } from './errors.ts';
import type { GatewaySettings } from './ports.ts';
import { downHeaders, type UpstreamHeaders } from './response-head.ts';
import { withRequestId } from './sync-body.ts';

/** An upstream answer that goes down to the client. */
export interface Answer {
  readonly call: Call;
  readonly status: number;
  readonly headers: UpstreamHeaders;
  readonly contentType: string;
  readonly observer: Observer;
  readonly settings: GatewaySettings;
  /** `observed`: the facts that the ending was decided by, final. */
  settle(ending: Ending, observed: ObservedFacts): void;
  pause(): void;
  resume(): void;
  elapsedMs(): number;
}

export interface Delivery {
  /** Bytes have gone to the client: nothing can be tried elsewhere any more. */
  readonly begun: boolean;
  data(chunk: Buffer): void;
  /** The upstream has ended its body as HTTP wants it. */
  end(): void;
  /** The upstream broke off after `begun`. */
  broken(refused: Refusal): void;
  /** Nothing has come for a while. */
  keepAlive(nowMs: number, everyMs: number): void;
  facts(): ObservedFacts;
}

function endingOf(status: number, facts: ObservedFacts): Ending {
  if (status >= 400) return { outcome: 'vendor_error', status, errorCode: 'upstream_rejected', fault: 'you' };
  if (facts.error !== null) return { outcome: 'vendor_error', status, errorCode: 'upstream_error', fault: 'vendor' };
  return { outcome: 'completed', status, errorCode: null, fault: null };
}

/** An answer that breaks off is the vendor's fault, unless the site itself cuts it. */
function brokenEnding(status: number, refused: Refusal): Ending {
  const { actor } = errorTable[refused.code];
  const outcome = actor === 'us' ? 'gateway_error' : 'stream_broken';
  return { outcome, status, errorCode: refused.code, fault: actor };
}

/**
 * A whole JSON body: held until its end, so that head and body leave in one write, after the close record. A body that
 * outgrows the hold (images) goes on as it comes, with its last piece held back.
 */
export class SyncDelivery implements Delivery {
  readonly #answer: Answer;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #begun = false;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  get begun(): boolean {
    return this.#begun;
  }

  data(chunk: Buffer): void {
    this.#answer.observer.push(chunk);
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#begun) this.#passOn();
    else if (this.#heldBytes > limits.syncHoldBytes) this.#begin();
  }

  end(): void {
    const { call, status, observer } = this.#answer;
    observer.end();
    const last = Buffer.concat(this.#held, this.#heldBytes);
    const body = this.#begun ? last : withRequestId(last, call.id);
    const bytesOut = call.bytesOut + body.length;
    call.bytesOut = bytesOut;
    call.firstTokenMs ??= this.#answer.elapsedMs();
    const observed = observer.facts();
    this.#answer.settle(endingOf(status, observed), observed);
    if (!this.#begun) call.response.writeHead(status, this.#head(body.length));
    call.response.end(body);
  }

  broken(refused: Refusal): void {
    this.#answer.settle(brokenEnding(this.#answer.status, refused), this.facts());
    this.#answer.call.response.destroy();
  }

  keepAlive(): void {}

  facts(): ObservedFacts {
    return this.#answer.observer.facts();
  }

  /** The length of what follows is not known before its end, so the body goes out in chunks. */
  #begin(): void {
    const { call, status } = this.#answer;
    this.#begun = true;
    call.firstTokenMs = this.#answer.elapsedMs();
    const first = withRequestId(Buffer.concat(this.#held, this.#heldBytes), call.id);
    this.#held = [first];
    this.#heldBytes = first.length;
    call.response.writeHead(status, this.#head(null));
    call.response.on('drain', this.#answer.resume);
  }

  /** Everything but the newest piece. */
  #passOn(): void {
    const { call } = this.#answer;
    while (this.#held.length > 1) {
      const piece = this.#held.shift() as Buffer;
      this.#heldBytes -= piece.length;
      call.bytesOut += piece.length;
      if (!call.response.write(piece)) this.#answer.pause();
    }
  }

  #head(length: number | null): HeaderList {
    const { call, headers, contentType, status } = this.#answer;
    const list = commonHeaders(call);
    list.push('content-type', contentType);
    if (length !== null) list.push('content-length', String(length));
    if (status >= 400 && status !== 408 && status !== 409) list.push('x-should-retry', 'false');
    downHeaders(headers, list);
    return list;
  }
}

/**
 * A stream, or any other body that is not one JSON object: every piece goes on as it comes, head and first piece
 * together. The close record is written when the wire's last event is seen and before it is let go. A stream that ends
 * without its end is never ended cleanly: several clients take a cut answer for a whole one, one asks again for ever.
 */
export class StreamDelivery implements Delivery {
  readonly #answer: Answer;
  #begun = false;
  #settled = false;
  /** The last piece ended an event, so that a comment may stand behind it. */
  #betweenEvents = true;
  #lastKeepAliveMs = 0;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  get begun(): boolean {
    return this.#begun;
  }

  data(chunk: Buffer): void {
    const { call, observer } = this.#answer;
    const out = observer.push(chunk);
    if (call.firstTokenMs === null && observer.outputBytes > 0) call.firstTokenMs = this.#answer.elapsedMs();
    if (out.length === 0) return;
    call.bytesOut += out.length;
    if (observer.ended) this.#settle();
    this.#write(out);
  }

  end(): void {
    const { call, status, observer } = this.#answer;
    const rest = observer.end();
    if (!observer.facts().complete) {
      if (rest.length > 0) this.#write(rest);
      this.broken(refusal('upstream_broken'));
      return;
    }
    call.bytesOut += rest.length;
    this.#settle();
    if (!this.#begun) this.#begin(status);
    call.response.end(rest.length > 0 ? rest : undefined);
  }

  broken(refused: Refusal): void {
    const { call, status, settings } = this.#answer;
    const { response } = call;
    if (!this.#settled) {
      this.#settled = true;
      this.#answer.settle(brokenEnding(status, refused), this.facts());
      const wire = call.match?.endpoint.wire;
      const event = wire && this.#isSse() ? refusalEvent(wire, refused, call.id, settings) : null;
      if (event !== null) response.write(event);
    }
    // Not `end`: that would write the last chunk, and the answer would pass for whole.
    if (response.socket) response.socket.destroySoon();
    else response.destroy();
  }

  keepAlive(nowMs: number, everyMs: number): void {
    const { call } = this.#answer;
    // gemini-cli takes a comment for broken JSON.
    if (call.family === 'gemini' || !this.#isSse() || !this.#betweenEvents || call.response.writableNeedDrain) return;
    if (nowMs - this.#lastKeepAliveMs < everyMs) return;
    this.#lastKeepAliveMs = nowMs;
    this.#write(keepAliveComment);
  }

  facts(): ObservedFacts {
    return this.#answer.observer.facts();
  }

  #settle(): void {
    if (this.#settled) return;
    this.#settled = true;
    const observed = this.facts();
    this.#answer.settle(endingOf(this.#answer.status, observed), observed);
  }

  #write(bytes: Buffer): void {
    const { call, status } = this.#answer;
    if (!this.#begun) this.#begin(status);
    const last = bytes.length - 1;
    this.#betweenEvents = bytes[last] === 0x0a && (bytes[last - 1] === 0x0a || bytes[last - 2] === 0x0a);
    if (!call.response.write(bytes)) this.#answer.pause();
  }

  #begin(status: number): void {
    const { call, headers, contentType } = this.#answer;
    this.#begun = true;
    const list = commonHeaders(call);
    list.push('content-type', contentType === '' ? 'application/octet-stream' : contentType);
    // nginx in front would otherwise collect the stream before it sends any.
    if (this.#isSse()) list.push('cache-control', 'no-cache', 'x-accel-buffering', 'no');
    downHeaders(headers, list);
    call.response.writeHead(status, list);
    call.response.on('drain', this.#answer.resume);
  }

  #isSse(): boolean {
    return this.#answer.contentType.startsWith('text/event-stream');
  }
}

const keepAliveComment = Buffer.from(': keep-alive\n\n');
