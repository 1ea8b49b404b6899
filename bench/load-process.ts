import type { CallsOrder, CallsResult } from './load/calls.ts';
import type { Order } from './load/main.ts';
import type { StreamsOrder, StreamsState } from './load/streams.ts';
import { runOwn } from './processes.ts';

/** No order takes longer than this; one that does is stuck. */
const orderMs = 120_000;

/** The process that makes the calls, as the one that measures sees it. */
export interface LoadProcess {
  calls(order: Omit<CallsOrder, 'kind'>): Promise<CallsResult>;
  /** Resolves when every stream has brought its first event. */
  openStreams(order: Omit<StreamsOrder, 'kind'>): Promise<StreamsState>;
  streamsState(): Promise<StreamsState>;
  /** Resolves when all streams have ended by themselves. */
  streamsEnded(): Promise<StreamsState>;
  closeStreams(): Promise<void>;
  stop(): Promise<void>;
}

export async function startLoad(): Promise<LoadProcess> {
  const running = await runOwn('rest', new URL('./load/main.ts', import.meta.url));
  const ask = <Result>(order: Order): Promise<Result> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The load did not finish: ${order.kind}.`)), orderMs);
      running.child.once('message', (answer: { readonly result?: Result; readonly error?: string }) => {
        clearTimeout(late);
        if (answer.error !== undefined) reject(new Error(answer.error));
        else resolve(answer.result as Result);
      });
      running.child.send(order);
    });
  return {
    calls: (order) => ask({ kind: 'calls', ...order }),
    openStreams: (order) => ask({ kind: 'streams', ...order }),
    streamsState: () => ask({ kind: 'state' }),
    streamsEnded: () => ask({ kind: 'ended' }),
    closeStreams: () => ask({ kind: 'close' }),
    stop: running.stop,
  };
}
