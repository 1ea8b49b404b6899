import { limits } from '../base/limits.ts';

/** One header line, unfolded. */
export interface HeaderLine {
  /** In lower case. */
  readonly name: string;
  /** One character per byte, without the white space around it. */
  readonly value: string;
}

export interface HeaderBlock {
  readonly lines: readonly HeaderLine[];
  /** Where the body begins; the length of the mail when it has none. */
  readonly bodyAt: number;
}

const [cr, lf] = [0x0d, 0x0a];

/** Where the header ends and the body begins. Line ends may be CRLF or LF. */
export function bodyStart(raw: Buffer): number {
  for (let at = raw.indexOf(lf); at !== -1; at = raw.indexOf(lf, at + 1)) {
    if (raw[at + 1] === lf) return at + 2;
    if (raw[at + 1] === cr && raw[at + 2] === lf) return at + 3;
  }
  return raw.length;
}

/** The header of a mail without decoding it. What lies beyond the limit of its size is not looked at. */
export function readHeaderBlock(raw: Buffer): HeaderBlock {
  const bodyAt = bodyStart(raw);
  const text = raw.subarray(0, Math.min(bodyAt, limits.mailHeaderBytes)).toString('latin1');
  const lines: { name: string; value: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last) last.value += last.value === '' ? line.trim() : ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0) lines.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() });
  }
  return { lines, bodyAt };
}

/** All values of a header, in order. */
export function valuesOf(lines: readonly HeaderLine[], name: string): string[] {
  return lines.filter((line) => line.name === name).map(({ value }) => value);
}

export function firstOf(lines: readonly HeaderLine[], name: string): string | null {
  return lines.find((line) => line.name === name)?.value ?? null;
}

/** Message ids in a header value such as `References`, each with its angle brackets. */
export function messageIdsIn(value: string): string[] {
  return value.match(/<[^<>\s\x00-\x1f\x7f]{1,500}>/g) ?? [];
}
