import { JsonScan } from './json-scan.ts';
import { compileShape, mark } from './json-shape.ts';
import type { Peek, Place } from './peek.ts';
import type { Endpoint } from './types.ts';

/** Replaces `body[start, end)`. */
export interface Edit extends Place {
  readonly bytes: Buffer;
}

/** The body with the edits made and every other byte as it was. Edits must not overlap; their order does not matter. */
export function applyEdits(body: Buffer, edits: readonly Edit[]): Buffer {
  if (edits.length === 0) return body;
  const ordered = [...edits].sort((a, b) => a.start - b.start);
  let length = body.length;
  for (const edit of ordered) length += edit.bytes.length - (edit.end - edit.start);
  const edited = Buffer.allocUnsafe(length);
  let from = 0;
  let at = 0;
  for (const edit of ordered) {
    at += body.copy(edited, at, from, edit.start);
    at += edit.bytes.copy(edited, at);
    from = edit.end;
  }
  body.copy(edited, at, from);
  return edited;
}

/** The edits that make a body name another model. Gemini's names keep their `models/` where the body had it. */
export function modelEdits(endpoint: Endpoint, body: Buffer, peek: Peek, model: string): Edit[] {
  if (model === peek.model) return [];
  return peek.modelPlaces.map((place) => {
    const prefixed = endpoint.family === 'gemini' && body.toString('latin1', place.start + 1, place.end).includes('/');
    return { ...place, bytes: Buffer.from(JSON.stringify(prefixed ? `models/${model}` : model)) };
  });
}

export interface UsageRequest {
  /** What must be changed in the body, null when nothing. */
  readonly edit: Edit | null;
  /** The client did not ask for the usage event and must not see it. */
  readonly hideUsage: boolean;
}

const untouched: UsageRequest = { edit: null, hideUsage: false };
const included = '"include_usage":true';

/**
 * How a streaming chat or completions call is made to report its usage. A body whose `stream_options` make no sense is
 * left alone: the vendor refuses it.
 */
export function chatUsageEdit(peek: Peek): UsageRequest {
  if (!peek.stream) return untouched;
  const options = peek.streamOptions;
  if (options === null) return hidden(peek.open + 1, peek.open + 1, '"stream_options":{"include_usage":true},');
  const { start, end, includeUsage } = options;
  if (includeUsage !== null) {
    return includeUsage.value === false ? hidden(includeUsage.start, includeUsage.end, 'true') : untouched;
  }
  switch (options.kind) {
    case 'null':
      return hidden(start, end, `{${included}}`);
    case 'empty':
      return hidden(start + 1, start + 1, included);
    case 'object':
      return hidden(start + 1, start + 1, `${included},`);
    default:
      return untouched;
  }
}

function hidden(start: number, end: number, text: string): UsageRequest {
  return { edit: { start, end, bytes: Buffer.from(text) }, hideUsage: true };
}

/** Where the value of a top-level member of a JSON object stands: the last one, as `JSON.parse` reads it. */
export function topLevelMember(body: Buffer, key: string): Place | null {
  let place: Place | null = null;
  const scan = new JsonScan(
    compileShape({ [key]: mark(0) }),
    {
      text: () => {},
      value: (_slot, _bytes, _from, _to, start, end) => {
        place = { start, end };
      },
    },
    0,
  );
  scan.push(body);
  return scan.state === 'complete' ? place : null;
}
