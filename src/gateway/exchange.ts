import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Clock } from '../base/clock.ts';
import type { Attempt } from '../journal/index.ts';
import { type ObservedFacts, type Observer, observer } from '../vendors/index.ts';
import { type Call, type Ending, elapsed } from './call.ts';
import { type Delivery, StreamDelivery, SyncDelivery } from './delivery.ts';
import { BodyRefused, type ErrorCode, type Refusal, refusal } from './errors.ts';
import type { UpstreamRequest } from './outgoing.ts';
import type { Channel, GatewaySettings } from './ports.ts';
import { oneHeader, type UpstreamHeaders, vendorRequestId } from './response-head.ts';
import { type FailureKind, failureKind } from './upstream.ts';
import { judge, upstreamError } from './verdict.ts';
import type { Watch, Watched } from './watch.ts';

/** How a try came out. `served`: the client has its answer, or is gone, and the call is settled. */
export type TryResult =
  | { readonly served: true }
  | {
      readonly served: false;
      readonly refusal: Refusal;
      /** Another channel may do better. */
      readonly elsewhere: boolean;
      /** The channel is to blame. */
      readonly sick: boolean;
      readonly kind: FailureKind | 'status';
    };

/** What an exchange needs of its surroundings. */
export interface ExchangeContext {
  readonly clock: Clock;
  readonly settings: GatewaySettings;
  readonly watch: Watch;
  /** Prices and journals the call. Exactly once per call, before the last bytes go. */
  settle(call: Call, ending: Ending): void;
  journalAttempt(call: Call, attempt: Attempt): void;
}

const failureCodes = {
  forbidden: 'channel_address_refused',
  connect: 'upstream_unreachable',
  stale: 'upstream_broken',
  timeout: 'upstream_timeout',
  broken: 'upstream_broken',
} as const satisfies Record<FailureKind, ErrorCode>;

/** An answer that is thrown away is read to its end up to this, so that the connection can be used again. */
const discardBytes = 64 * 1024;

/**
 * One try at one channel: undici's callbacks on one side, the client's response on the other. It decides by the head
 * whether the answer goes down or another channel is tried, watches the timers, and notices when the client leaves.
 */
export class Exchange implements Dispatcher.DispatchHandler, Watched {
  readonly #call: Call;
  readonly #channel: Channel;
  readonly #request: UpstreamRequest;
  readonly #context: ExchangeContext;
  readonly #resolve: (result: TryResult) => void;
  readonly #startedMs: number;
  readonly #number: number;
  #controller: Dispatcher.DispatchController | null = null;
  #attempt: Attempt;
  #delivery: Delivery | null = null;
  #failure: TryResult | null = null;
  #discarded = 0;
  #lastByteMs: number;
  #gotByte = false;
  #timedOut = false;
  #done = false;
  slot = 0;

  constructor(
    call: Call,
    channel: Channel,
    request: UpstreamRequest,
    context: ExchangeContext,
    resolve: (result: TryResult) => void,
  ) {
    this.#call = call;
    this.#channel = channel;
    this.#request = request;
    this.#context = context;
    this.#resolve = resolve;
    this.#startedMs = context.clock.monotonic();
    this.#lastByteMs = this.#startedMs;
    this.#number = call.attempts.length + 1;
    this.#attempt = {
      number: this.#number,
      channelId: channel.id,
      startedMs: Math.round(this.#startedMs - call.startedMs),
      headMs: null,
      endedMs: null,
      status: null,
      vendorRequestId: null,
      failure: null,
    };
    call.channelId = channel.id;
    context.watch.add(this);
    call.response.on('close', this.#onClientClose);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#done) controller.abort(new Error('done'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: UpstreamHeaders): void {
    if (status < 200 || this.#done) return;
    const { clock } = this.#context;
    const call = this.#call;
    const nowMs = clock.monotonic();
    this.#lastByteMs = nowMs;
    call.headMs = elapsed(call, nowMs);
    call.upstreamStatus = status;
    this.#attempt = { ...this.#attempt, headMs: call.headMs, status, vendorRequestId: vendorRequestId(headers) };
    const verdict = judge(this.#channel.wire, status, oneHeader(headers, 'retry-after'));
    if (!verdict.serve) {
      this.#failure = { served: false, ...verdict, kind: 'status' };
      return;
    }
    this.#deliver(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#done) return;
    this.#gotByte = true;
    this.#lastByteMs = this.#context.watch.nowMs;
    if (this.#delivery) {
      this.#delivery.data(chunk);
      return;
    }
    this.#discarded += chunk.length;
    if (this.#discarded > discardBytes) controller.abort(new Error('answer not wanted'));
  }

  onResponseEnd(): void {
    if (this.#done) return;
    if (this.#failure) {
      this.#finish(this.#failure);
      return;
    }
    this.#delivery?.end();
    this.#end(null);
    this.#finish({ served: true });
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#done) return;
    if (this.#failure) {
      this.#finish(this.#failure);
      return;
    }
    if (error instanceof BodyRefused) {
      this.#refuseBody(error.refusal);
      return;
    }
    const kind = this.#timedOut ? 'timeout' : failureKind(error, this.#attempt.headMs !== null);
    const refused = refusal(failureCodes[kind], {}, kind === 'forbidden' ? null : 1);
    if (this.#delivery?.begun) {
      this.#end(refused.code);
      this.#delivery.broken(refused);
      this.#finish({ served: true });
      return;
    }
    this.#finish({ served: false, refusal: refused, elsewhere: true, sick: kind !== 'stale', kind });
  }

  /** The client's body turned out wrong while it flowed up: the vendor never saw the end of it. */
  #refuseBody(refused: Refusal): void {
    this.#finish({ served: false, refusal: refused, elsewhere: false, sick: false, kind: 'broken' });
  }

  /** Called ten times a second. */
  tick(nowMs: number): void {
    const { timersMs, keepAliveMs } = this.#context.settings;
    if (nowMs - this.#call.startedMs > timersMs.total) {
      this.#timeOut();
      return;
    }
    if (this.#attempt.headMs === null) {
      if (nowMs - this.#startedMs > timersMs.head) this.#timeOut();
      return;
    }
    const silentMs = nowMs - this.#lastByteMs;
    if (silentMs > (this.#gotByte ? timersMs.idle : timersMs.firstToken)) this.#timeOut();
    else if (keepAliveMs > 0 && silentMs > keepAliveMs) this.#delivery?.keepAlive(nowMs, keepAliveMs);
  }

  cut(refused: Refusal): void {
    if (this.#done) return;
    if (this.#delivery?.begun) {
      this.#end(refused.code);
      this.#delivery.broken(refused);
      this.#finish({ served: true });
    } else this.#finish({ served: false, refusal: refused, elsewhere: false, sick: false, kind: 'broken' });
    this.#controller?.abort(new Error('cut'));
  }

  #timeOut(): void {
    this.#timedOut = true;
    const error = new Error('timed out');
    if (this.#controller) this.#controller.abort(error);
    else this.onResponseError(null, error);
  }

  #deliver(status: number, headers: UpstreamHeaders): void {
    const call = this.#call;
    const endpoint = call.match?.endpoint;
    if (!endpoint) return;
    const contentType = oneHeader(headers, 'content-type') ?? '';
    const json = contentType.includes('json');
    if (status >= 400 && !json) {
      // A page of some proxy between, not the vendor's answer: SDKs would show it raw.
      this.#failure = { served: false, refusal: upstreamError(status), elsewhere: false, sick: false, kind: 'status' };
      return;
    }
    const streaming =
      status < 400 && (contentType.startsWith('text/event-stream') || endpoint.streams === 'always' || !json);
    const reader: Observer = observer(endpoint, { contentType, hideUsage: this.#request.hideUsage && streaming });
    const context = this.#context;
    const answer = {
      call,
      status,
      headers,
      contentType,
      observer: reader,
      settings: context.settings,
      settle: (ending: Ending, observed: ObservedFacts) => {
        this.#end(ending.errorCode, observed);
        context.settle(call, ending);
      },
      pause: () => this.#controller?.pause(),
      resume: () => this.#controller?.resume(),
      elapsedMs: () => elapsed(call, context.clock.monotonic()),
    };
    this.#delivery = streaming ? new StreamDelivery(answer) : new SyncDelivery(answer);
    // A stream may run for minutes: should we die in it, the vendor's id must be known.
    if (streaming) context.journalAttempt(call, this.#attempt);
  }

  /** Puts the attempt among the call's, once, as it stands at its end. */
  #end(failure: string | null, observed?: ObservedFacts): void {
    const call = this.#call;
    if (call.attempts.length >= this.#number) return;
    const endedMs = elapsed(call, this.#context.clock.monotonic());
    call.attempts.push({ ...this.#attempt, endedMs, failure });
    call.observed = observed ?? this.#delivery?.facts() ?? call.observed;
  }

  readonly #onClientClose = (): void => {
    const response: ServerResponse = this.#call.response;
    if (this.#done || response.writableFinished) return;
    this.#end('client_left');
    const midstream = this.#delivery?.begun === true;
    if (!this.#call.settled)
      this.#context.settle(this.#call, {
        outcome: midstream ? 'client_left_midstream' : 'client_left_early',
        status: midstream ? response.statusCode : null,
        errorCode: null,
        fault: null,
      });
    this.#finish({ served: true });
    this.#controller?.abort(new Error('client left'));
  };

  #finish(result: TryResult): void {
    if (this.#done) return;
    if (!result.served) this.#end(result.refusal.code);
    this.#done = true;
    this.#context.watch.delete(this);
    this.#call.response.removeListener('close', this.#onClientClose);
    this.#resolve(result);
  }
}
