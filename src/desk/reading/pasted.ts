import { firstOfEach, matches, type Place, placeOf, type Source } from './source.ts';

/** A line of response headers, as `curl -i`, `curl -v` and dumps of objects show it. */
export interface HeaderFact {
  /** In small letters. */
  readonly name: string;
  /** At most 200 characters. */
  readonly value: string;
  readonly place: Place;
}

/** An error's JSON body, as far as it says what happened. Everything else in it is left where it is. */
export interface BodyFact {
  readonly code: string | null;
  readonly type: string | null;
  /** At most 300 characters. */
  readonly message: string | null;
  readonly status: number | null;
  /** As it stands there; one of ours is also among the request ids. */
  readonly requestId: string | null;
  readonly place: Place;
}

/** What helps; never one that carries a key, a cookie or an account. */
const headerNames =
  'x-request-id|request-id|x-oai-request-id|x-client-request-id|x-ratelimit-[a-z-]{3,30}|retry-after(?:-ms)?|x-should-retry|content-type|date|server|via|cf-ray|traceparent|user-agent';
const headerLine = new RegExp(
  String.raw`^[ \t>|]{0,20}(?:<[ \t])?(${headerNames})[ \t]?:[ \t]?([^\r\n]{1,300})`,
  'gim',
);
const headerMember = new RegExp(String.raw`["'](${headerNames})["']\s?:\s?["']([^"'\r\n]{1,300})["']`, 'gi');

/** Well-known headers, each once. `Date:` of a quoted mail is none: it stands with `From:`. */
export function readHeaders(source: Source): HeaderFact[] {
  const found: HeaderFact[] = [];
  for (const pattern of [headerLine, headerMember])
    for (const match of matches(pattern, source.text, 300)) {
      const name = (match[1] ?? '').toLowerCase();
      const start = match.index + match[0].length - match[0].trimStart().length;
      if ((name === 'date' || name === 'content-type') && !isOfResponse(source, start)) continue;
      const value = (match[2] ?? '').trim().slice(0, 200);
      found.push({ name, value, place: placeOf(source, start, match.index + match[0].length) });
    }
  found.sort((a, b) => a.place.start - b.place.start);
  return firstOfEach(found, ({ name, value }) => `${name} ${value}`, 30);
}

function isOfResponse(source: Source, start: number): boolean {
  const near = source.text.slice(Math.max(0, start - 600), start + 600);
  return /HTTP\/[123]|^[ \t>|<]{0,20}(?:x-request-id|request-id|cf-ray|x-ratelimit-limit)[ \t]?:/im.test(near);
}

/** A brace that begins an object with members, also of a string within a string or of Python. */
const objectStart = /\{[\s>|]{0,80}\\?["'](?:error|detail|message|code|type|status|request_?id)\\?["']/gi;
const longestBody = 8_192;
const mostBodies = 10;
/** Braces that are tried: a text that is nothing else must not take seconds. */
const mostStarts = 300;

export function readBodies(source: Source): BodyFact[] {
  const found: BodyFact[] = [];
  let doneUntil = 0;
  for (const match of matches(objectStart, source.text, mostStarts)) {
    if (match.index < doneUntil || found.length >= mostBodies) continue;
    const end = endOfObject(source.text, match.index);
    const body = end === null ? null : bodyOf(source.text.slice(match.index, end));
    if (end === null || body === null) continue;
    doneUntil = end;
    found.push({ ...body, place: placeOf(source, match.index, end) });
  }
  return firstOfEach(found, ({ place, ...body }) => JSON.stringify(body), mostBodies);
}

/** Behind the brace that closes the one at `start`; null when none does soon. Braces in strings are counted right. */
function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  let inString = '';
  const limit = Math.min(text.length, start + longestBody);
  for (let at = start; at < limit; at++) {
    const letter = text.charAt(at);
    if (inString !== '') {
      if (letter === '\\' && text.charAt(at + 1) !== inString) at++;
      else if (letter === inString) inString = '';
    } else if (letter === '"') inString = letter;
    else if (letter === '{') depth++;
    else if (letter === '}' && --depth === 0) return at + 1;
  }
  return null;
}

type Body = Omit<BodyFact, 'place'>;

function bodyOf(text: string): Body | null {
  const plain = text.replace(/\r?\n[ \t]*(?:[>|][ \t]?)*/g, ' ');
  const parsed = parse(plain) ?? parse(plain.replaceAll('\\"', '"'));
  const body = parsed === null ? byMembers(plain) : byShape(parsed);
  return Object.values(body).every((value) => value === null) ? null : body;
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return record(JSON.parse(text));
  } catch {
    return null;
  }
}

/** OpenAI's, Anthropic's and Gemini's envelopes, and `detail` of the Ask API. */
function byShape(body: Record<string, unknown>): Body {
  const inner = record(body['error']) ?? record(body['detail']) ?? body;
  const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 300) : null);
  const number = [inner['status'], inner['code'], inner['status_code'], body['status']].find(isStatus);
  const plainDetail = typeof body['detail'] === 'string' ? body['detail'] : body['error'];
  return {
    code: word(inner['code']),
    type: word(inner['type']) ?? word(inner['status']),
    message: word(inner['message']) ?? word(plainDetail),
    status: number ?? null,
    requestId: word(inner['request_id']) ?? word(body['request_id']) ?? word(body['requestId']),
  };
}

/** What Python prints, and what was cut or broken so that it does not parse. */
function byMembers(text: string): Body {
  const word = (name: string) => {
    const match = new RegExp(String.raw`["']${name}\\?["']\s?:\s?\\?(?:"([^"\\]{1,300})|'([^'\\]{1,300}))`).exec(text);
    return match?.[1] ?? match?.[2] ?? null;
  };
  const status = Number(/["'](?:status|code|status_code)\\?["']\s?:\s?(\d{3})\b/.exec(text)?.[1]);
  return {
    code: word('code'),
    type: word('type'),
    message: word('message') ?? word('detail'),
    status: isStatus(status) ? status : null,
    requestId: word('request_id'),
  };
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599;
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}
