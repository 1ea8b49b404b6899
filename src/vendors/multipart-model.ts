import { limits } from '../base/limits.ts';

/** A piece of a form on its way up: bytes as they came, or the value of a field `model` in its place among them. */
export type FormPiece = Buffer | { readonly model: string };

/**
 * Where the form stands: before its first boundary, in what no one reads, behind a boundary, in a part's head, in the
 * value of `model`, or behind the last boundary.
 */
type State = 'first' | 'content' | 'boundary' | 'head' | 'model' | 'end';

const empty = Buffer.alloc(0);
const lineEnd = Buffer.from('\r\n');
const headEnd = Buffer.from('\r\n\r\n');

/** RFC 2046 allows 70; white space may follow it on its line. */
const longestBoundary = 70;
const longestPadding = 64;

/**
 * Finds the field `model` in a multipart form (RFC 7578) that flows by, split anywhere. Files pass untouched and
 * unheld; only a part's head, the value of `model`, and what may be the beginning of a boundary are kept back. A form
 * that names the model twice yields two values: the caller compares. A form that names none is never let go whole: its
 * last boundary is held back for good. A content type without a usable boundary lets nothing be found.
 */
export class MultipartModel {
  /** With the line break before it, which belongs to it and not to the part. */
  readonly #delimiter: Buffer | null;
  #state: State = 'first';
  #kept: Buffer = empty;
  /** Where reading goes on in what was kept. */
  #resume = 0;
  #found = false;

  constructor(contentType: string) {
    const boundary = boundaryOf(contentType);
    this.#delimiter = boundary === null ? null : Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  push(chunk: Buffer): FormPiece[] {
    if (this.#delimiter === null) return [chunk];
    if (this.#state === 'end') return this.#found ? [chunk] : [];
    const form = this.#kept.length === 0 ? chunk : Buffer.concat([this.#kept, chunk]);
    const pieces: FormPiece[] = [];
    this.#read(form, this.#delimiter, pieces);
    return pieces;
  }

  /** What was kept back when the form has ended. */
  end(): FormPiece[] {
    const rest = this.#kept;
    this.#kept = empty;
    return rest.length === 0 ? [] : [rest];
  }

  /** Reads on as far as it can, and keeps what must wait for more. */
  #read(form: Buffer, delimiter: Buffer, pieces: FormPiece[]): void {
    let passFrom = 0;
    let at = this.#resume;
    const passTo = (end: number): void => {
      if (end > passFrom) pieces.push(form.subarray(passFrom, end));
      passFrom = end;
    };
    for (;;) {
      const state: State = this.#state;
      let next: number;
      if (state === 'first') next = this.#first(form, delimiter);
      else if (state === 'content') next = this.#content(form, at, delimiter);
      else if (state === 'boundary') next = this.#boundary(form, at);
      else if (state === 'head') next = this.#head(form, at);
      else if (state === 'model') next = form.indexOf(delimiter, at);
      else next = -1;
      if (next < 0) break;
      if (state === 'model') {
        passTo(at);
        pieces.push({ model: form.toString('utf8', at, next) });
        passFrom = next;
        this.#found = true;
        this.#state = 'boundary';
        next += delimiter.length;
      }
      at = next;
    }
    if (this.#state === 'model' && form.length - at > limits.modelNameBytes + delimiter.length) {
      // No model has such a name: the caller refuses what it is told, and the value goes no further.
      passTo(at);
      pieces.push({ model: form.toString('utf8', at, at + limits.modelNameBytes + 1) });
      passFrom = form.length;
      this.#state = 'content';
    }
    const keepFrom = this.#keepFrom(form, at, passFrom, delimiter);
    passTo(keepFrom);
    // A form that names no model never ends.
    this.#kept = this.#state === 'end' && !this.#found ? empty : form.subarray(keepFrom);
    this.#resume = Math.max(0, at - keepFrom);
  }

  #keepFrom(form: Buffer, at: number, passed: number, delimiter: Buffer): number {
    switch (this.#state) {
      case 'content': {
        // The shortest tail that may be the beginning of a boundary.
        const tail = form.indexOf(0x0d, Math.max(at, passed, form.length - delimiter.length + 1));
        return tail < 0 ? form.length : tail;
      }
      case 'boundary':
        // With its delimiter, so that a last boundary can be held back.
        return Math.max(passed, at - delimiter.length);
      case 'end':
        return this.#found ? form.length : Math.max(passed, at - delimiter.length);
      default:
        return at;
    }
  }

  #first(form: Buffer, delimiter: Buffer): number {
    const length = delimiter.length - lineEnd.length;
    if (form.length < length) return -1;
    if (form.compare(delimiter, lineEnd.length, delimiter.length, 0, length) !== 0) {
      this.#state = 'content';
      return 0;
    }
    this.#state = 'boundary';
    return length;
  }

  #content(form: Buffer, at: number, delimiter: Buffer): number {
    const found = form.indexOf(delimiter, at);
    if (found < 0) return -1;
    this.#state = 'boundary';
    return found + delimiter.length;
  }

  /** Behind a delimiter: `--` ends the form, a line break begins a part, anything else was content that looked alike. */
  #boundary(form: Buffer, at: number): number {
    let i = at;
    while (i < form.length && i - at < longestPadding && (form[i] === 0x20 || form[i] === 0x09)) i++;
    if (form.length - i < 2) return -1;
    if (form[i] === 0x2d && form[i + 1] === 0x2d) this.#state = 'end';
    else this.#state = form[i] === 0x0d && form[i + 1] === 0x0a ? 'head' : 'content';
    return this.#state === 'head' ? i : at;
  }

  /** From the line break behind the boundary, so that a part without any header has a head as well. */
  #head(form: Buffer, at: number): number {
    const end = form.indexOf(headEnd, at);
    if (end < 0 && form.length - at <= limits.multipartHeaderBytes) return -1;
    const isModel = end < 0 || namesModel(form.toString('latin1', at, end));
    this.#state = isModel ? 'model' : 'content';
    // A head beyond the limit might name the model: reading on from here as its value gets the form refused.
    if (end < 0) return at;
    // An empty value follows at once, so the head's last line break may be the delimiter's first.
    return isModel ? end + headEnd.length : end + lineEnd.length;
  }
}

/**
 * Whether a part's head names it `model`, in any way that some parser reads as such: quoted or not, with backslashes,
 * in the extended form of RFC 5987.
 */
function namesModel(head: string): boolean {
  for (const [, , value = ''] of head.matchAll(/[;\s](name\*?)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\r\n]*)/gi)) {
    const plain = value
      .trim()
      .replace(/^"|"$/g, '')
      .replaceAll('\\', '')
      .replace(/^[\w-]*'[\w-]*'/, '');
    if (percentDecoded(plain).trim() === 'model') return true;
  }
  return false;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function boundaryOf(contentType: string): string | null {
  if (!/^\s*multipart\/form-data\s*;/i.test(contentType)) return null;
  const named = [...contentType.matchAll(/;\s*boundary\s*=\s*(?:"([^"\\]*)"|([^\s;"]*))/gi)];
  const boundary = named.length === 1 ? (named[0]?.[1] ?? named[0]?.[2] ?? '') : '';
  return boundary === '' || boundary.length > longestBoundary || /[^\x20-\x7e]/.test(boundary) ? null : boundary;
}
