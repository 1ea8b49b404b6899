import { limits } from '../base/limits.ts';
import { JsonScan } from './json-scan.ts';
import { capture, compileShape, type JsonSink, jsonString, jsonValue, mark, type Shape, self } from './json-shape.ts';
import type { Endpoint, Family } from './types.ts';

/** Where a value stands in the body: `body[start, end)`, quotes included. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** The `stream_options` member. */
export interface StreamOptions extends Place {
  /** `other` is for the vendor to judge. */
  readonly kind: 'object' | 'empty' | 'null' | 'other';
  /** The value of `include_usage` inside, when it is there. */
  readonly includeUsage: (Place & { readonly value: boolean | null }) | null;
}

/** What the gateway reads off a request body. The vendor judges the rest. */
export interface Peek {
  /** Null only where the model stands elsewhere (in the path). On Gemini without its `models/`. */
  readonly model: string | null;
  /** Every value that names the model: none when the vendor's default applies. */
  readonly modelPlaces: readonly Place[];
  readonly stream: boolean;
  /** Null: not said, or not a number that a vendor would take. */
  readonly maxOutputTokens: number | null;
  readonly streamOptions: StreamOptions | null;
  /** A Responses call that the vendor goes on working on after it has answered. */
  readonly background: boolean;
  readonly serviceTier: string | null;
  /** What a conversation has in common from call to call, at most 512 characters. Personal: not for records or logs. */
  readonly conversation: string | null;
  /** The stored response that this one continues: it lives with the channel that made it. */
  readonly previousResponseId: string | null;
  /** How many answers are asked for. */
  readonly choices: number;
  /** Index of the body's first brace. */
  readonly open: number;
}

/** Why a body cannot be served. `reason` is a clause for people, without any content of the body. */
export interface PeekProblem {
  readonly problem: 'invalid_json' | 'model_missing' | 'model_ambiguous';
  readonly reason: string;
}

const slot = {
  model: 1,
  stream: 2,
  maxTokens: 3,
  streamOptions: 4,
  includeUsage: 5,
  background: 6,
  serviceTier: 7,
  cacheKey: 8,
  user: 9,
  previousResponse: 10,
  choices: 11,
  nestedModel: 12,
} as const;

const shapes: Readonly<Record<Family, Shape>> = {
  openai: compileShape({
    model: capture(slot.model),
    stream: capture(slot.stream),
    max_tokens: capture(slot.maxTokens),
    max_completion_tokens: capture(slot.maxTokens),
    max_output_tokens: capture(slot.maxTokens),
    stream_options: { [self]: mark(slot.streamOptions), include_usage: capture(slot.includeUsage) },
    background: capture(slot.background),
    service_tier: capture(slot.serviceTier),
    prompt_cache_key: capture(slot.cacheKey),
    user: capture(slot.user),
    safety_identifier: capture(slot.user),
    previous_response_id: capture(slot.previousResponse),
    n: capture(slot.choices),
  }),
  anthropic: compileShape({
    model: capture(slot.model),
    stream: capture(slot.stream),
    max_tokens: capture(slot.maxTokens),
    service_tier: capture(slot.serviceTier),
    metadata: { user_id: capture(slot.user) },
  }),
  gemini: compileShape({
    model: capture(slot.nestedModel),
    requests: [{ model: capture(slot.nestedModel) }],
    generateContentRequest: { model: capture(slot.nestedModel) },
    generationConfig: { maxOutputTokens: capture(slot.maxTokens), candidateCount: capture(slot.choices) },
    generation_config: { max_output_tokens: capture(slot.maxTokens), candidate_count: capture(slot.choices) },
    cachedContent: capture(slot.cacheKey),
  }),
};

/** OpenAI's own default: the one endpoint where its documentation lets the model be left out of a common call. */
const defaultModels: ReadonlyMap<string, string> = new Map([['openai.moderations', 'omni-moderation-latest']]);

const longestConversation = 512;

/** Reads one whole JSON body. `body` must not change while the result is used. */
export function peekBody(endpoint: Endpoint, body: Buffer): Peek | PeekProblem {
  const notes = new Notes(body);
  const scan = new JsonScan(shapes[endpoint.family], notes, limits.observedMemberBytes);
  scan.push(body);
  if (scan.state !== 'complete') return { problem: 'invalid_json', reason: whyInvalid(scan, body) };
  if (notes.problem !== null) return notes.problem;
  if (notes.model === null && endpoint.modelPlace === 'body') {
    notes.model = defaultModels.get(endpoint.id) ?? null;
    if (notes.model === null) return { problem: 'model_missing', reason: 'no member "model"' };
  }
  return {
    model: notes.model,
    modelPlaces: notes.modelPlaces,
    stream: notes.stream,
    maxOutputTokens: notes.maxOutputTokens,
    streamOptions: notes.streamOptions,
    background: notes.background,
    serviceTier: notes.serviceTier,
    conversation: notes.cacheKey ?? notes.user,
    previousResponseId: notes.previousResponseId,
    choices: notes.choices,
    open: body.indexOf(0x7b),
  };
}

function whyInvalid(scan: JsonScan, body: Buffer): string {
  if (body.length === 0 || !scan.started) return 'it is empty';
  if (body[0] === 0xef && body[1] === 0xbb) return 'it begins with a byte order mark';
  if (scan.state === 'running') return 'it ends too early';
  return 'it is not well-formed';
}

class Notes implements JsonSink {
  problem: PeekProblem | null = null;
  model: string | null = null;
  readonly modelPlaces: Place[] = [];
  stream = false;
  maxOutputTokens: number | null = null;
  streamOptions: StreamOptions | null = null;
  background = false;
  serviceTier: string | null = null;
  cacheKey: string | null = null;
  user: string | null = null;
  previousResponseId: string | null = null;
  choices = 1;
  #includeUsage: StreamOptions['includeUsage'] = null;
  readonly #body: Buffer;

  constructor(body: Buffer) {
    this.#body = body;
  }

  text(): void {}

  value(which: number, bytes: Buffer | null, from: number, to: number, start: number, end: number): void {
    switch (which) {
      case slot.model:
        this.#model(bytes === null ? null : jsonString(bytes, from, to), start, end);
        break;
      case slot.nestedModel: {
        const name = bytes === null ? null : jsonString(bytes, from, to);
        this.#model(name?.startsWith('models/') ? name.slice('models/'.length) : name, start, end);
        break;
      }
      case slot.streamOptions:
        this.#streamOptions(start, end);
        break;
      default:
        if (bytes !== null) this.#plain(which, bytes, from, to, start, end);
    }
  }

  #model(name: string | null, start: number, end: number): void {
    if (name === null || name === '' || name.length > limits.modelNameBytes) {
      this.problem ??= { problem: 'model_missing', reason: 'the member "model" is not a model name' };
      return;
    }
    if (this.model !== null && this.model !== name) {
      this.problem ??= { problem: 'model_ambiguous', reason: 'the member "model" stands twice with different values' };
    }
    this.model = name;
    this.modelPlaces.push({ start, end });
  }

  #streamOptions(start: number, end: number): void {
    this.streamOptions = { start, end, kind: optionsKind(this.#body, start, end), includeUsage: this.#includeUsage };
    this.#includeUsage = null;
  }

  #plain(which: number, bytes: Buffer, from: number, to: number, start: number, end: number): void {
    switch (which) {
      case slot.stream:
        this.stream = isTrue(bytes, from);
        break;
      case slot.background:
        this.background = isTrue(bytes, from);
        break;
      case slot.includeUsage: {
        const value = jsonValue(bytes, from, to);
        this.#includeUsage = { start, end, value: typeof value === 'boolean' ? value : null };
        break;
      }
      case slot.maxTokens:
        // The old and the new name may both stand there: what is reserved must cover the larger.
        this.maxOutputTokens = larger(this.maxOutputTokens, wholeNumber(bytes, from, to));
        break;
      case slot.choices:
        this.choices = Math.max(1, wholeNumber(bytes, from, to) ?? 1);
        break;
      case slot.serviceTier:
        this.serviceTier = jsonString(bytes, from, to)?.slice(0, 64) ?? null;
        break;
      case slot.cacheKey:
        this.cacheKey = shortString(bytes, from, to);
        break;
      case slot.user:
        this.user = shortString(bytes, from, to) ?? this.user;
        break;
      case slot.previousResponse:
        this.previousResponseId = shortString(bytes, from, to);
        break;
    }
  }
}

function optionsKind(body: Buffer, start: number, end: number): StreamOptions['kind'] {
  if (body[start] === 0x6e) return 'null';
  if (body[start] !== 0x7b) return 'other';
  return body.toString('latin1', start + 1, end - 1).trim() === '' ? 'empty' : 'object';
}

function larger(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

function shortString(bytes: Buffer, from: number, to: number): string | null {
  return jsonString(bytes, from, to)?.slice(0, longestConversation) || null;
}

function isTrue(bytes: Buffer, from: number): boolean {
  return bytes[from] === 0x74;
}

function wholeNumber(bytes: Buffer, from: number, to: number): number | null {
  const value = jsonValue(bytes, from, to);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
