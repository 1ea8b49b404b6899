import { quantile } from '../statistics.ts';
import { type Connection, connect, type Target } from './connection.ts';

/** Sync calls back to back on every connection until so many are done. */
export interface CallsOrder {
  readonly kind: 'calls';
  readonly target: Target;
  readonly connections: number;
  readonly calls: number;
}

export interface CallsResult {
  readonly wallMs: number;
  readonly p50Us: number;
  readonly p99Us: number;
}

/** @throws Error when a call fails: figures of refusals are worth nothing */
export async function runCalls({ target, connections, calls }: CallsOrder): Promise<CallsResult> {
  const latencies = new Float64Array(calls);
  const finished = Promise.withResolvers<void>();
  const opened: Connection[] = [];
  let sent = 0;
  let done = 0;
  const open = async (number: number): Promise<Connection> => {
    let sentMs = 0;
    let said = '';
    const send = (): void => {
      if (sent === calls) return;
      sent++;
      sentMs = performance.now();
      connection.send();
    };
    const connection: Connection = await connect(target, number, {
      body(bytes) {
        if (said.length < 300 && done === 0) said += bytes.toString();
      },
      end(status) {
        if (status !== 200) return finished.reject(new Error(`A call was answered with ${status}: ${said}`));
        said = '';
        latencies[done++] = performance.now() - sentMs;
        if (done === calls) finished.resolve();
        else send();
      },
      lost: (reason) => finished.reject(new Error(`A call was lost: ${reason}.`)),
    });
    return { ...connection, send };
  };
  try {
    for (let number = 0; number < connections; number++) opened.push(await open(number));
    const startedMs = performance.now();
    for (const connection of opened) connection.send();
    await finished.promise;
    const wallMs = performance.now() - startedMs;
    const sorted = latencies.sort();
    return { wallMs, p50Us: quantile(sorted, 0.5) * 1_000, p99Us: quantile(sorted, 0.99) * 1_000 };
  } finally {
    for (const connection of opened) connection.close();
  }
}
