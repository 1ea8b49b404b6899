import net from 'node:net';
import { type ResponseEvents, ResponseReader } from './response-reader.ts';

/** Where a load goes, and the requests that its connections send, one each in turn. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly requests: readonly string[];
}

/** A kept-alive connection that sends the same request again and again. */
export interface Connection {
  send(): void;
  close(): void;
}

/** Resolves when it is connected; `lost` is called when it breaks while it is in use. */
export function connect(
  target: Target,
  number: number,
  events: ResponseEvents & { lost(reason: string): void },
): Promise<Connection> {
  const request = Buffer.from(target.requests[number % target.requests.length] ?? '');
  const socket = net.connect({ host: target.host, port: target.port, noDelay: true });
  const reader = new ResponseReader(events);
  let closed = false;
  const lost = (reason: string): void => {
    if (closed) return;
    closed = true;
    socket.destroy();
    events.lost(reason);
  };
  socket.on('data', (bytes) => {
    try {
      reader.push(bytes);
    } catch (error) {
      lost(error instanceof Error ? error.message : String(error));
    }
  });
  socket.on('close', () => lost('the connection was closed'));
  return new Promise((resolve, reject) => {
    socket.on('error', (error) => {
      reject(error);
      lost(error.message);
    });
    socket.on('connect', () =>
      resolve({
        send: () => socket.write(request),
        close() {
          closed = true;
          socket.destroy();
        },
      }),
    );
  });
}
