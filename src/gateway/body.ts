import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { limits } from '../base/limits.ts';
import { type Refusal, refusal } from './errors.ts';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
  zstd: () => zlib.createZstdDecompress(),
};

/** A body as it was read: its bytes, decompressed, and how many came over the wire. */
export interface ReadBody {
  readonly bytes: Buffer;
  readonly wireBytes: number;
}

/**
 * Reads a whole JSON body, decompressing what the client compressed (Codex sends zstd). Never holds more than the limit,
 * packed or unpacked.
 */
export function readBody(
  request: IncomingMessage,
  encoding: string,
  announced: number,
  maxBytes: number,
): Promise<ReadBody | Refusal> {
  if (announced > maxBytes) return Promise.resolve(tooLarge(maxBytes));
  if (encoding === '') return readPlain(request, announced, maxBytes);
  const decoder = decoders[encoding];
  // The name is the client's own text: shortened, and only what a token may hold.
  if (!decoder)
    return Promise.resolve(
      refusal('unsupported_encoding', { encoding: encoding.replaceAll(/[^\w,-]/g, '').slice(0, 20) }),
    );
  return readCompressed(request, decoder(), maxBytes);
}

function readPlain(request: IncomingMessage, announced: number, maxBytes: number): Promise<ReadBody | Refusal> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.removeAllListeners('data');
        request.pause();
        resolve(tooLarge(maxBytes));
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => {
      // The common case is one packet, which needs no copy.
      const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
      if (announced >= 0 && size !== announced) resolve(refusal('body_incomplete'));
      else resolve({ bytes, wireBytes: size });
    });
    request.on('aborted', () => resolve(refusal('body_incomplete')));
    request.on('error', () => resolve(refusal('body_incomplete')));
  });
}

function readCompressed(request: IncomingMessage, decoder: Transform, maxBytes: number): Promise<ReadBody | Refusal> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let wireBytes = 0;
    const finish = (result: ReadBody | Refusal): void => {
      request.unpipe(decoder);
      decoder.destroy();
      resolve(result);
    };
    request.on('data', (chunk: Buffer) => {
      wireBytes += chunk.length;
    });
    request.on('aborted', () => finish(refusal('body_incomplete')));
    decoder.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) return finish(tooLarge(maxBytes));
      // The first megabyte may be as dense as it likes: JSON of repeated words packs far.
      if (size > 1024 * 1024 && size > wireBytes * limits.decompressedRatio) finish(refusal('invalid_encoding'));
      else chunks.push(chunk);
    });
    decoder.on('end', () => finish({ bytes: Buffer.concat(chunks, size), wireBytes }));
    decoder.on('error', () => finish(refusal('invalid_encoding')));
    request.pipe(decoder);
  });
}

function tooLarge(maxBytes: number): Refusal {
  return refusal('body_too_large', { limit: maxBytes });
}
