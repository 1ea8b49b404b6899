import type { IncomingMessage } from 'node:http';
import { AppError } from '../base/errors.ts';

/** Room for a long list of models, far from what could hurt us. */
const jsonBodyMaxBytes = 1024 * 1024;

export interface ReadBody {
  /** Undefined when there was none. */
  readonly value: unknown;
  readonly bytes: Buffer;
}

/**
 * Reads a control-plane body as JSON.
 *
 * @throws AppError `body_too_large`, `media_type_unsupported`, `json_invalid`, `body_incomplete`
 */
export async function readJsonBody(incoming: IncomingMessage): Promise<ReadBody> {
  const bytes = await readBytes(incoming);
  if (bytes.length === 0) return { value: undefined, bytes };
  const mediaType = (incoming.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== 'application/json' && !mediaType.endsWith('+json')) {
    throw new AppError('media_type_unsupported', 'Send the body as JSON, with Content-Type: application/json.');
  }
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), bytes };
  } catch {
    // The parser's own message quotes the body, which may hold a credential.
    throw new AppError('json_invalid', 'The body is not JSON in UTF-8.');
  }
}

async function readBytes(incoming: IncomingMessage): Promise<Buffer> {
  const tooLarge = new AppError('body_too_large', `A body may have ${jsonBodyMaxBytes} bytes at most.`);
  if (Number(incoming.headers['content-length'] ?? 0) > jsonBodyMaxBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Leaving the loop must not destroy the socket: the answer still has to go through it.
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length;
      if (size > jsonBodyMaxBytes) throw tooLarge;
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error === tooLarge) throw error;
    throw new AppError('body_incomplete', 'The body ended before it was whole.', { cause: error });
  }
  return Buffer.concat(chunks, size);
}
