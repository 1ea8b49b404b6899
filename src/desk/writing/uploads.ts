import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { cleanFile } from '../../mailroom/index.ts';
import { redactName, redactText } from '../../redaction/index.ts';
import type { DeskParts } from '../parts.ts';
import type { NewAttachment } from '../store/index.ts';

/** Of one file. Mail programs and relays take about as much. */
export const uploadMaxBytes = 25 * 1024 * 1024;
/** Bytes of one piece; as base64 in JSON it stays below what a body may have. */
export const pieceMaxBytes = 512 * 1024;
/** Of one person that are not used yet. */
const openUploadsMax = 20;

/** Shown within a thread: what cannot hold a script. */
const inlineTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

type Parts = Pick<DeskParts, 'pool' | 'clock' | 'redaction' | 'files' | 'seal' | 'open'>;

/** Begins an upload. @throws AppError `upload_too_large`, `desk_limit_reached` */
export async function beginUpload(
  { pool, redaction }: Parts,
  accountId: string | null,
  file: { readonly name: string; readonly size: number },
): Promise<string> {
  if (file.size > uploadMaxBytes) {
    throw new AppError('upload_too_large', `A file may have ${uploadMaxBytes} bytes at most.`);
  }
  const id = `upl_${randomBytes(12).toString('hex')}`;
  const { rowCount } = await pool.query(
    `insert into ticket_uploads (id, account_id, name, size)
       select $1, $2, $3, $4
        where (select count(*) from ticket_uploads where account_id is not distinct from $2) < $5`,
    [id, accountId, redactName(file.name, redaction).text, file.size, openUploadsMax],
  );
  if (rowCount === 1) return id;
  throw new AppError(
    'desk_limit_reached',
    `At most ${openUploadsMax} files wait for a message; send one, or wait a day.`,
  );
}

/** Takes one piece; the same number again replaces it. @throws AppError `upload_not_found`, `upload_invalid` */
export async function takePiece(
  { pool, seal }: Parts,
  accountId: string | null,
  id: string,
  piece: { readonly number: number; readonly bytes: Buffer },
): Promise<void> {
  const { size } = await openUpload(pool, accountId, id);
  const last = Math.max(0, Math.ceil(size / pieceMaxBytes) - 1);
  const expected = piece.number < last ? pieceMaxBytes : size - last * pieceMaxBytes;
  if (piece.number > last || piece.bytes.length !== expected) {
    const message = `Piece ${piece.number} of ${last + 1} must have ${expected} bytes: all but the last have ${pieceMaxBytes}.`;
    throw new AppError('upload_invalid', message);
  }
  await pool.query(
    `insert into ticket_upload_pieces (upload_id, number, bytes) values ($1, $2, $3)
     on conflict (upload_id, number) do update set bytes = excluded.bytes`,
    [id, piece.number, seal(piece.bytes.toString('base64'), contextOf(id, piece.number))],
  );
}

/**
 * Turns uploads into what a message has attached: their type is that of their bytes, secrets in texts are taken out, and
 * what is stored is that. They are gone as uploads when the transaction commits.
 *
 * @throws AppError `upload_not_found`, `upload_incomplete`, `ticket_attachment_infected`, `scanner_away`
 */
export async function takeUploads(
  parts: Parts,
  client: pg.ClientBase,
  accountId: string | null,
  ids: readonly string[],
): Promise<NewAttachment[]> {
  const attachments: NewAttachment[] = [];
  for (const id of new Set(ids)) {
    const { name, size } = await openUpload(client, accountId, id);
    const bytes = await wholeOf(parts, client, id, size);
    attachments.push(await storeAttachment(parts, client, name, bytes));
    await client.query('delete from ticket_uploads where id = $1', [id]);
  }
  return attachments;
}

async function storeAttachment(
  { files, redaction }: Parts,
  client: pg.ClientBase,
  name: string,
  bytes: Buffer,
): Promise<NewAttachment> {
  const shown = redactName(fileName(name), redaction).text;
  const said = { name: shown, declaredType: '' };
  const { type, bytes: clean } = await cleanFile(bytes, said, (text) => redactText(text, redaction).text);
  const scan = files.scan == null ? 'unscanned' : await files.scan(clean);
  if (scan === 'infected') {
    throw new AppError(
      'ticket_attachment_infected',
      `The file ${shown} was not taken: the scanner found something in it.`,
    );
  }
  const fileId = await files.store(client, clean);
  return { fileId, name: shown, type, size: clean.length, contentId: null, inline: inlineTypes.has(type), scan };
}

/** Without paths, control characters, and what turns the direction of what follows. */
export function fileName(name: string): string {
  const bare = name
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll(/[/\\:]/g, '_')
    .trim()
    .slice(0, 150);
  return bare === '' ? 'file' : bare;
}

async function openUpload(db: pg.ClientBase | pg.Pool, accountId: string | null, id: string) {
  const { rows } = await db.query<{ name: string; size: number }>(
    'select name, size from ticket_uploads where id = $1 and account_id is not distinct from $2',
    [id, accountId],
  );
  if (rows[0] === undefined)
    throw new AppError('upload_not_found', 'There is no such upload of yours; begin it again.');
  return rows[0];
}

async function wholeOf({ open }: Parts, client: pg.ClientBase, id: string, size: number): Promise<Buffer> {
  const { rows } = await client.query<{ number: number; bytes: Buffer }>(
    'select number, bytes from ticket_upload_pieces where upload_id = $1 order by number',
    [id],
  );
  const bytes = Buffer.concat(rows.map((row) => Buffer.from(open(row.bytes, contextOf(id, row.number)), 'base64')));
  if (bytes.length === size) return bytes;
  throw new AppError('upload_incomplete', `The upload has ${bytes.length} of ${size} bytes; send the missing pieces.`);
}

const dayMs = 24 * 3_600_000;

/** Deletes what nobody used. */
export async function sweepUploads({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> {
  await inTransaction(pool, (client) =>
    client.query('delete from ticket_uploads where created_at < $1', [new Date(clock.now() - dayMs)]),
  );
}

function contextOf(id: string, number: number): string {
  return `upload:${id}:${number}`;
}
