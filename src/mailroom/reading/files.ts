import { fileTypeFromBuffer } from 'file-type';
import type { Attachment } from 'postal-mime';
import { limits } from '../../base/limits.ts';
import type { Cleaner } from './clean.ts';
import type { FileRead } from './reading.ts';
import { cutTo, fileName, visibleText } from './visible.ts';

export interface FilesRead {
  readonly files: readonly FileRead[];
  /** Text of what was attached as text, without secrets. */
  readonly texts: readonly string[];
  /** How many were left out. */
  readonly left: number;
}

const mostTextLength = 64 * 1024;
/** Redacting takes half a second per megabyte; of longer text files the beginning is kept. */
const mostTextFile = 2 * 1024 * 1024;
const cutMark = '\n\n[The rest of this file was not kept: it is too long to be searched for secrets.]\n';

/** Types of files that are text, by name where their bytes say nothing. */
const textTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  htm: 'text/html',
  html: 'text/html',
  ics: 'text/calendar',
  json: 'application/json',
  md: 'text/markdown',
  svg: 'image/svg+xml',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
};

/** What is attached, as its bytes are, without secrets where it is text. */
export async function readFiles(attachments: readonly Attachment[], cleaner: Cleaner): Promise<FilesRead> {
  const files: FileRead[] = [];
  const texts: string[] = [];
  let size = 0;
  let left = 0;
  for (const attachment of attachments) {
    const bytes = bytesOf(attachment);
    size += bytes.length;
    if (files.length >= limits.mailAttachments || size > limits.mailAttachmentBytes) {
      left++;
      continue;
    }
    const { file, text } = await readFile(attachment, bytes, cleaner);
    files.push(file);
    if (text !== null && texts.length < limits.mailAttachments) texts.push(cutTo(text, mostTextLength));
  }
  return { files, texts, left };
}

async function readFile(
  attachment: Attachment,
  bytes: Uint8Array,
  cleaner: Cleaner,
): Promise<{ file: FileRead; text: string | null }> {
  const name = cleaner.name(fileName(attachment.filename ?? defaultName(attachment.mimeType)));
  const facts = {
    name: name === '' ? defaultName(attachment.mimeType) : name,
    contentId: attachment.contentId?.replace(/^<|>$/g, '').slice(0, 250) ?? null,
    inline: attachment.related === true || attachment.disposition === 'inline',
  };
  const said = { name: facts.name, declaredType: attachment.mimeType };
  const clean = await cleanFile(bytes, said, (text) => cleaner.text(text));
  const file = { ...facts, type: clean.type, bytes: clean.bytes, size: clean.bytes.length };
  return { file, text: clean.text === null ? null : visibleText(clean.text) };
}

export interface CleanFile {
  /** As the bytes say; of a text, as its name says. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Null: it is no text. */
  readonly text: string | null;
}

/** A file as it may be kept: where it is text, in whatever encoding, `clean` has seen all that is kept of it. */
export async function cleanFile(
  bytes: Uint8Array,
  { name, declaredType }: { readonly name: string; readonly declaredType: string },
  clean: (text: string) => string,
): Promise<CleanFile> {
  const type = await typeOfBytes(bytes);
  const text = type === null || isTextType(type) ? textOf(bytes) : null;
  if (text === null) return { type: type ?? 'application/octet-stream', bytes, text: null };
  const kept = clean(text.length > mostTextFile ? text.slice(0, mostTextFile) + cutMark : text);
  return {
    type: textTypeOf(name, declaredType, text),
    bytes: kept === text ? bytes : Buffer.from(kept, 'utf8'),
    text: kept,
  };
}

async function typeOfBytes(bytes: Uint8Array): Promise<string | null> {
  // TNEF, which file-type does not know: winmail.dat.
  if (bytes[0] === 0x78 && bytes[1] === 0x9f && bytes[2] === 0x3e && bytes[3] === 0x22) return 'application/ms-tnef';
  return (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime ?? null;
}

function isTextType(type: string): boolean {
  return /^text\/|[/+](?:json|xml|x-sh|rtf)$|^message\//.test(type);
}

/** Null: it is no text. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, 'utf-16be');
  if (hasControls(bytes)) return null;
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030') ?? decoded(bytes, 'windows-1252');
}

/** Bytes that no text has: with one in fifty of the beginning it is something else. */
function hasControls(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4_096);
  const controls = head.reduce((count, byte) => count + (byte < 0x09 || (byte > 0x0d && byte < 0x1b) ? 1 : 0), 0);
  return bytes.includes(0) || controls * 50 > head.length;
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What a browser would take for markup is called so, whatever the mail says: it is only ever downloaded. */
function textTypeOf(name: string, declared: string, text: string): string {
  const head = text.slice(0, 1_000).toLowerCase();
  if (/<svg[\s>]/.test(head)) return 'image/svg+xml';
  if (/<!doctype html|<html[\s>]|<script[\s>]|<body[\s>]/.test(head)) return 'text/html';
  const ending = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (declared === 'message/rfc822') return declared;
  return textTypes[ending] ?? (declared === 'text/calendar' ? declared : 'text/plain');
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

function defaultName(type: string): string {
  if (type === 'message/rfc822') return 'message.eml';
  if (type === 'text/calendar') return 'invitation.ics';
  return type === 'message/delivery-status' ? 'delivery-status.txt' : 'file';
}
