import PostalMime, { type Email } from 'postal-mime';
import { limits } from '../../base/limits.ts';
import { bodyStart } from '../header-block.ts';
import { ReadingError } from './reading.ts';

/** Messages within messages that are read, beside the outermost. */
const declaredBoundaries = 1_000;

/**
 * Parses a mail within the limits of size, parts and depth.
 *
 * @throws ReadingError
 */
export async function parseMail(raw: Buffer): Promise<Email> {
  if (bodyStart(raw) > limits.mailHeaderBytes)
    throw new ReadingError('header_too_large', `Its header is larger than ${limits.mailHeaderBytes} bytes.`);
  if (countParts(raw) > limits.mailParts)
    throw new ReadingError('too_many_parts', `It has more than ${limits.mailParts} parts.`);
  try {
    return await PostalMime.parse(raw, {
      forceRfc822Attachments: true,
      maxNestingDepth: limits.mailDepth,
      maxHeadersSize: 2 * limits.mailHeaderBytes,
      maxRfc822NestingDepth: 0,
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    if (/nesting depth/.test(words))
      throw new ReadingError('too_deep', `Its parts lie more than ${limits.mailDepth} deep in each other.`);
    if (/header size/.test(words))
      throw new ReadingError('header_too_large', 'The headers of its parts are too large.');
    throw new ReadingError('unreadable', 'Its form cannot be made out.');
  }
}

/** Parts by the lines between them, so that a mail of a million parts is refused before anything is made of it. */
function countParts(raw: Buffer): number {
  const text = raw.toString('latin1');
  const boundaries = new Set<string>();
  for (const [, quoted, bare] of text.matchAll(/\bboundary[ \t]*=[ \t]*(?:"([^"\r\n]{1,200})"|([^\s";]{1,200}))/gi)) {
    boundaries.add(quoted ?? bare ?? '');
    if (boundaries.size > declaredBoundaries) return Number.POSITIVE_INFINITY;
  }
  if (boundaries.size === 0) return 1;
  let count = 1;
  for (let at = text.indexOf('\n--'); at !== -1; at = text.indexOf('\n--', at + 3)) {
    const end = text.indexOf('\n', at + 3);
    const line = text.slice(at + 3, Math.min(end === -1 ? text.length : end, at + 300)).trimEnd();
    if (boundaries.has(line) && ++count > limits.mailParts) return count;
  }
  return count;
}
