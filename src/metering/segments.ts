import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type JournalPosition, listSegments, segmentFile } from '../journal/index.ts';

/** Bytes of a segment; 0 when it does not exist. */
export async function segmentBytes(directory: string, segment: number): Promise<number> {
  return (await stat(path.join(directory, segmentFile(segment))).catch(() => null))?.size ?? 0;
}

/** By what a segment is known again: the first eight bytes, which are the checksum of its first entry. `''`: none yet. */
export async function segmentFingerprint(directory: string, segment: number): Promise<string> {
  const file = await open(path.join(directory, segmentFile(segment)), 'r').catch(() => null);
  if (file === null) return '';
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return bytesRead === 8 ? buffer.toString('latin1') : '';
  } finally {
    await file.close();
  }
}

/** Where the journal ends now. Null when there is none. */
export async function journalEnd(directory: string): Promise<JournalPosition | null> {
  const segment = (await listSegments(directory)).at(-1);
  return segment === undefined ? null : { segment, position: await segmentBytes(directory, segment) };
}

export async function bytesBehind(directory: string, at: JournalPosition): Promise<number> {
  let bytes = 0;
  for (const segment of await listSegments(directory)) {
    if (segment < at.segment) continue;
    const applied = segment === at.segment ? at.position : 0;
    bytes += Math.max(0, (await segmentBytes(directory, segment)) - applied);
  }
  return bytes;
}

/**
 * Deletes the segments before one. Those with spoilt lines are kept under another name, for people to look at. The
 * newest segment is never among them: its number tells the writer how to go on.
 */
export async function deleteSegments(directory: string, before: number, spoilt: Set<number>): Promise<void> {
  const segments = await listSegments(directory);
  for (const segment of segments) {
    if (segment >= before || segment === segments.at(-1)) return;
    const file = path.join(directory, segmentFile(segment));
    if (spoilt.delete(segment)) await rename(file, file.replace(/\.log$/, '.damaged'));
    else await rm(file, { force: true });
  }
}
