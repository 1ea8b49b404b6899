import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import type { BytesSealer } from './intake.ts';

const pieceBytes = 1024 * 1024;

const pieceContext = (id: string, number: number): string => `file:${id}:${number}`;

/** Keeps a file, sealed, in pieces. @returns its id */
export async function storeFile(
  client: pg.ClientBase,
  sealer: Pick<BytesSealer, 'sealBytes'>,
  bytes: Uint8Array,
): Promise<string> {
  const id = `file_${randomBytes(12).toString('hex')}`;
  const sha256 = createHash('sha256').update(bytes).digest();
  await client.query('insert into files (id, sha256, size) values ($1, $2, $3)', [id, sha256, bytes.length]);
  for (let number = 0; number * pieceBytes < bytes.length; number++) {
    const piece = bytes.subarray(number * pieceBytes, (number + 1) * pieceBytes);
    const sealed = sealer.sealBytes(piece, pieceContext(id, number));
    await client.query('insert into file_pieces (file_id, number, bytes) values ($1, $2, $3)', [id, number, sealed]);
  }
  return id;
}

/**
 * The bytes of a file, piece by piece. Whoever sends it on must not send half of it for the whole.
 *
 * @throws AppError `file_missing` when it is not there, or not whole
 */
export async function* readFile(
  pool: pg.Pool,
  sealer: Pick<BytesSealer, 'openBytes'>,
  id: string,
): AsyncGenerator<Buffer> {
  const { rows } = await pool.query<{ size: number }>('select size from files where id = $1', [id]);
  let left = rows[0]?.size ?? -1;
  for (let number = 0; left > 0; number++) {
    const { rows: pieces } = await pool.query<{ bytes: Buffer }>(
      'select bytes from file_pieces where file_id = $1 and number = $2',
      [id, number],
    );
    const [piece] = pieces;
    if (piece === undefined) break;
    const bytes = sealer.openBytes(piece.bytes, pieceContext(id, number));
    left -= bytes.length;
    yield bytes;
  }
  if (left !== 0) throw new AppError('file_missing', 'A file that belongs to this is not there any more.');
}
