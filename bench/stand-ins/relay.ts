import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

/** A process of its own: the least that a relay in Node can do. No authentication, no limits, no records. */

const pool = new Pool(process.argv[2] ?? '', { pipelining: 1 });

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const headers = ['content-type', 'application/json'];
    pool.dispatch(
      { path: request.url ?? '/', method: 'POST', headers, body },
      {
        onRequestStart(controller) {
          response.on('close', () => response.writableFinished || controller.abort(new Error('client left')));
          response.on('drain', () => controller.resume());
        },
        onResponseStart(_, status, { 'content-type': type = '', 'content-length': length }) {
          response.writeHead(status, [
            'content-type',
            String(type),
            ...(length ? ['content-length', String(length)] : []),
          ]);
        },
        onResponseData(controller, chunk) {
          if (!response.write(chunk)) controller.pause();
        },
        onResponseEnd: () => void response.end(),
        onResponseError: () => void response.destroy(),
      },
    );
  });
});
server.keepAliveTimeout = 600_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
process.on('disconnect', () => process.exit());
