import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '../base/errors.ts';
import { frameDocument } from '../safe-html/index.ts';
import type { DeskFiles } from './parts.ts';
import type { Attachment, Db, TicketMessage } from './store/index.ts';
import { guardedGet } from './telling/index.ts';

/** What may be shown within a page of ours: bitmaps, which hold no script. Everything else is only downloaded. */
const shownTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** Of the images within one mail that are shown; more are left out. */
const embeddedMaxBytes = 8 * 1024 * 1024;

export interface ShownFile {
  readonly body: AsyncIterable<Uint8Array>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * An attachment as an answer. Its type is that of its bytes; a browser runs nothing in it, even when it is opened by
 * itself.
 *
 * @throws AppError `ticket_attachment_not_found`, `ticket_attachment_infected`
 */
export async function attachmentFile(
  db: Db,
  files: DeskFiles,
  ticketNumber: bigint,
  id: string,
  { inline, publicOnly }: { readonly inline: boolean; readonly publicOnly: boolean },
): Promise<ShownFile> {
  const { rows } = await db.query<{
    file_id: string;
    name: string;
    type: string;
    size: number;
    inline: boolean;
    scan: Attachment['scan'];
  }>(
    `select a.file_id, a.name, a.type, a.size, a.inline, a.scan
       from ticket_attachments a join ticket_messages m on m.id = a.message_id
      where a.id = $1 and m.ticket_number = $2 and (not $3 or m.kind <> 'note')`,
    [id, ticketNumber, publicOnly],
  );
  const found = rows[0];
  if (found === undefined)
    throw new AppError('ticket_attachment_not_found', 'There is no such attachment on this ticket.');
  if (found.scan === 'infected') {
    const message = 'The scanner found something in this file; it is not given out.';
    throw new AppError('ticket_attachment_infected', message);
  }
  const shown = inline && shownTypes.has(found.type);
  const headers = {
    'content-type': shown ? found.type : 'application/octet-stream',
    'content-length': String(found.size),
    'content-disposition': `${shown ? 'inline' : 'attachment'}; ${fileNameOf(found.name)}`,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  };
  return { body: files.read(found.file_id), headers };
}

/** RFC 6266: a plain form for old programs, and the name itself. */
function fileNameOf(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%;]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${encoded}`;
}

export interface DocumentOptions {
  readonly locale: 'en' | 'zh';
  readonly url: string;
  /** Images that the mail names elsewhere are fetched by us and put in; null: they stay out. */
  readonly remote: { readonly addressAllowed: (address: string) => boolean } | null;
}

/**
 * The HTML of a message as a document of its own, for a frame without scripts. Images of the mail itself stand in it: a
 * frame of no origin has no session to fetch them with. Images elsewhere stay out until somebody asks for them; then
 * their host sees this site, and not who reads.
 */
export async function messageDocument(
  files: DeskFiles,
  message: TicketMessage,
  { locale, url, remote }: DocumentOptions,
): Promise<{ readonly html: string; readonly headers: Readonly<Record<string, string>> }> {
  const own = await embedded(files, message);
  const render = (remoteOf: (address: string) => string | null) =>
    frameDocument(message.html ?? '', locale, {
      images: {
        origin: new URL(url).origin,
        content: (contentId) => own.get(contentId.replace(/^<|>$/g, '')) ?? null,
        remote: remoteOf,
      },
    });
  const html = remote === null ? render(() => null) : await withRemote(render, remote.addressAllowed);
  return {
    html,
    headers: {
      // The document brings its own policy for what it loads; this one takes its origin away, wherever it is opened.
      'content-security-policy': "sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'",
      'x-frame-options': 'SAMEORIGIN',
    },
  };
}

async function embedded(files: DeskFiles, { attachments }: TicketMessage): Promise<ReadonlyMap<string, string>> {
  const images = new Map<string, string>();
  let left = embeddedMaxBytes;
  for (const { contentId, fileId, type, size, scan } of attachments) {
    if (contentId === null || scan === 'infected' || !shownTypes.has(type) || size > left) continue;
    left -= size;
    const pieces: Uint8Array[] = [];
    for await (const piece of files.read(fileId)) pieces.push(piece);
    images.set(contentId.replace(/^<|>$/g, ''), dataAddress(type, Buffer.concat(pieces)));
  }
  return images;
}

/** Of one mail; newsletters have fewer. */
const remoteMax = 40;
const remoteImageMaxBytes = 2 * 1024 * 1024;
const remoteTimeoutMs = 8_000;

async function withRemote(
  render: (remoteOf: (address: string) => string | null) => string,
  addressAllowed: (address: string) => boolean,
): Promise<string> {
  const named = new Set<string>();
  render((address) => {
    if (named.size < remoteMax && /^https?:/i.test(address) && URL.canParse(address)) named.add(address);
    return null;
  });
  const images = new Map<string, string>();
  let left = embeddedMaxBytes;
  await Promise.all(
    [...named].map(async (url) => {
      const asked = { url, addressAllowed, timeoutMs: remoteTimeoutMs, maxBytes: remoteImageMaxBytes };
      const bytes = await guardedGet(asked).catch(() => null);
      const type = bytes === null ? undefined : (await fileTypeFromBuffer(bytes))?.mime;
      if (bytes === null || type === undefined || !shownTypes.has(type) || bytes.length > left) return;
      left -= bytes.length;
      images.set(url, dataAddress(type, bytes));
    }),
  );
  return render((address) => images.get(address) ?? null);
}

function dataAddress(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}
