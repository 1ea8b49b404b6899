import { parseRequestId, requestIdTime } from '../../base/request-id.ts';
import { type Place, placeOf, type Source } from './source.ts';

export interface RequestIdFact {
  /** In its one written form. */
  readonly id: string;
  readonly place: Place;
}

/** What was plainly meant as an id of ours and is none. */
export interface MistypedIdFact {
  /** As it was written, without what broke it. */
  readonly text: string;
  /** `check`: a wrong character; `length`: some are missing, or too many. */
  readonly reason: 'check' | 'length';
  readonly place: Place;
}

export interface RequestIds {
  readonly ids: RequestIdFact[];
  readonly mistyped: MistypedIdFact[];
}

const bodyLength = 28;
/** What is looked at behind `req`: an id that is broken into single characters by tags does not come. */
const farthest = 300;
/** Candidates that are looked at: a text that is nothing else must not take seconds. */
const mostCandidates = 50_000;
const firstPlausibleMs = Date.UTC(2020);
const dayMs = 86_400_000;

/** `req` and what stands for its `_`: also escaped for Markdown, quoted-printable, an address or HTML, or left out. */
const opening = /r(?:=\r?\n)?e(?:=\r?\n)?q(\\?_|-|%5f|=5f|&#95;|&#x5f;|&lowbar;)?/gi;
/** Invisible inside of a word. */
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]+|<wbr ?\/?>|&(?:shy|zwnj|#8203);/iy;
/** The end of a line with the marks that a mail program puts there, or a tag. */
const broken = /(?:=|\\)?\r?\n[ \t]{0,8}(?:[>|][ \t]{0,2}){0,20}|%0d%0a|%0a|<\/?[a-z][^<>\n]{0,80}>/iy;
/** As an id is read out, or written in groups. */
const gap = /[ \t-]/y;

/** Reads request ids of one text into what was found before. `most` of each are enough. */
export function readRequestIds(source: Source, receivedAtMs: number, found: RequestIds, most: number): void {
  const { text } = source;
  let candidates = 0;
  let doneUntil = 0;
  for (const match of text.matchAll(opening)) {
    if (found.ids.length >= most || candidates++ >= mostCandidates) return;
    if (match.index < doneUntil) continue;
    const pieces = piecesFrom(text, match.index + match[0].length);
    const first = pieces[0];
    if (first === undefined) continue;
    const whole = wholeId(pieces);
    if (whole !== null) {
      doneUntil = whole.end;
      const known = found.ids.some(({ id }) => id === whole.id);
      if (!known) found.ids.push({ id: whole.id, place: placeOf(source, match.index, whole.end) });
      continue;
    }
    const meant = match[1] !== undefined && !/[0-9a-z]/i.test(text.charAt(match.index - 1));
    const reason = meant ? mistake(first.text, receivedAtMs) : null;
    const written = `req_${first.text}`;
    if (reason === null || found.mistyped.length >= most) continue;
    if (found.mistyped.some((other) => other.text === written)) continue;
    found.mistyped.push({ text: written, reason, place: placeOf(source, match.index, first.end) });
  }
}

interface Piece {
  readonly text: string;
  readonly end: number;
  /** Follows a mere gap. */
  readonly afterGap: boolean;
}

/** Runs of letters and digits behind an opening, apart by what may break an id; the last may be longer than an id. */
function piecesFrom(text: string, start: number): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  let collected = 0;
  let run = '';
  let afterGap = false;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const close = (end: number) => {
    if (run !== '') pieces.push({ text: run, end, afterGap });
    run = '';
  };
  while (collected <= bodyLength + 4 && at - start < farthest) {
    if (isAlphanumeric(text.charCodeAt(at))) {
      run += text[at++];
      collected++;
      continue;
    }
    const end = at;
    if (skip(invisible)) continue;
    const byLine = skip(broken);
    if (!byLine && !skip(gap)) break;
    if (run !== '' || pieces.length === 0) {
      close(end);
      afterGap = !byLine;
    } else if (byLine) afterGap = false;
  }
  close(at);
  return pieces;
}

/** The id that the first pieces make together. What stands alone may be followed by anything; joined, it must fit. */
function wholeId(pieces: readonly Piece[]): { id: string; end: number } | null {
  let body = '';
  for (const [index, piece] of pieces.entries()) {
    // Groups of an id, not the words of a sentence.
    if (index > 0 && piece.afterGap && !/\d|^[A-Z]{2,}$/.test(piece.text)) return null;
    body += piece.text;
    if (body.length < bodyLength) continue;
    if (index > 0 && body.length > bodyLength) return null;
    const id = parseRequestId(`req_${body.slice(0, bodyLength)}`);
    return id === null ? null : { id, end: piece.end - (body.length - bodyLength) };
  }
  return null;
}

/** Other vendors' ids begin with `req_` too: ours has 28 characters, or a time in front that makes sense. */
function mistake(body: string, receivedAtMs: number): MistypedIdFact['reason'] | null {
  if (body.length === bodyLength) return 'check';
  if (body.length < 12 || body.length > bodyLength + 3) return null;
  const time = body.slice(0, 10).toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  const atMs = requestIdTime(`req_${time}`);
  return atMs > firstPlausibleMs && atMs < receivedAtMs + 2 * dayMs ? 'length' : null;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
