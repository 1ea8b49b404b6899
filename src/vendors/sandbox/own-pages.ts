import { createReadStream, existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CountBook, readCounts } from './counts.ts';

/** What the sandbox says of itself, in no vendor's name and without a credential. */
export function ownPages(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  query: URLSearchParams,
  book: CountBook,
): void {
  req.resume();
  if (path === '/sandbox/totals') {
    sendJson(res, 200, book.counts());
    return;
  }
  if (path === '/sandbox/counts') {
    book.flush();
    sendCounts(res, book, Number(query.get('since') ?? 0) || 0).catch(() => res.destroy());
    return;
  }
  const text = 'This is the sandbox vendor. Its vendors are under /openai/v1, /anthropic and /gemini.';
  sendJson(res, path === '/' ? 200 : 404, { detail: text, counts: '/sandbox/counts', totals: '/sandbox/totals' });
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function sendCounts(res: ServerResponse, book: CountBook, sinceMs: number): Promise<void> {
  res.writeHead(200, { 'content-type': 'application/x-ndjson' });
  if (book.file === null) {
    const lines = book
      .recent()
      .filter((line) => sinceMs === 0 || (JSON.parse(line) as { atMs: number }).atMs >= sinceMs);
    res.end(lines.join(''));
    return;
  }
  if (sinceMs === 0 && existsSync(book.file) && !existsSync(`${book.file}.1`)) {
    createReadStream(book.file)
      .on('error', () => res.destroy())
      .pipe(res);
    return;
  }
  for await (const call of readCounts(book.file, sinceMs)) {
    const roomLeft = res.write(`${JSON.stringify(call)}\n`);
    if (res.destroyed) return;
    if (!roomLeft)
      await new Promise<void>((resolve) => res.once('drain', () => resolve()).once('close', () => resolve()));
  }
  res.end();
}
