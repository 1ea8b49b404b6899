import { type CallsOrder, runCalls } from './calls.ts';
import { Streams, type StreamsOrder } from './streams.ts';

/** A process of its own that makes calls when it is told to. One order at a time; each is answered once. */

export type Order = CallsOrder | StreamsOrder | { readonly kind: 'state' | 'ended' | 'close' };

let streams = new Streams();

async function obey(order: Order): Promise<unknown> {
  switch (order.kind) {
    case 'calls':
      return runCalls(order);
    case 'streams':
      streams = new Streams();
      return streams.open(order);
    case 'state':
      return streams.state();
    case 'ended':
      return streams.ended();
    case 'close':
      streams.close();
      return null;
  }
}

process.on('message', (order: Order) => {
  obey(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
