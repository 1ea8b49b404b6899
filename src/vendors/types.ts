/**
 * What the rest of the program may know of vendors: whose protocol a call speaks, what its bytes are good for, and what
 * was read off them. No I/O, no database.
 */

/** Whose protocol: decides envelopes, headers and where the model stands. A vendor in the catalogue names its family. */
export type Family = 'openai' | 'anthropic' | 'gemini';

/** A protocol as clients name it. Kept in every request record. */
export type WireId =
  | 'openai.chat'
  | 'openai.responses'
  | 'openai.completions'
  | 'openai.embeddings'
  | 'openai.moderations'
  | 'openai.images'
  | 'openai.audio'
  | 'openai.models'
  | 'openai.other'
  | 'anthropic.messages'
  | 'anthropic.batches'
  | 'anthropic.models'
  | 'anthropic.other'
  | 'gemini.generate'
  | 'gemini.embed'
  | 'gemini.models'
  | 'gemini.other'
  | 'lodge';

/**
 * Token classes that do not overlap, so that cost is a plain sum: `input` excludes what was read from a cache, written
 * to one, or is audio or image; `output` excludes audio and image and includes `reasoning`, which is information only.
 * Counts are what the vendor reported; a class it did not mention is 0. `images` counts generated images.
 */
export interface Usage {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly audioInput: number;
  readonly imageInput: number;
  readonly output: number;
  readonly reasoning: number;
  readonly audioOutput: number;
  readonly imageOutput: number;
  readonly images: number;
}

/** Nano-USD per million tokens by class, or per request, or per image. Null: the vendor has no such price. */
export interface Rates {
  readonly input: bigint | null;
  readonly cacheRead: bigint | null;
  readonly cacheWrite5m: bigint | null;
  readonly cacheWrite1h: bigint | null;
  readonly audioInput: bigint | null;
  readonly imageInput: bigint | null;
  readonly output: bigint | null;
  readonly audioOutput: bigint | null;
  readonly imageOutput: bigint | null;
  readonly perRequest: bigint | null;
  readonly perImage: bigint | null;
}

/** Rates that replace the base ones for the whole request once its input passes a size. */
export interface PriceTier {
  /** The tier applies when the input tokens of all classes together are more than this. */
  readonly overInputTokens: number;
  readonly rates: Rates;
}

/** One version of a model's price. A request is priced by the newest version that was valid when it was received. */
export interface Price {
  /** Names the version in records and explanations. */
  readonly id: string;
  readonly validFromMs: number;
  readonly rates: Rates;
  /** Ascending by `overInputTokens`. */
  readonly tiers: readonly PriceTier[];
}

/** What an observer has read off a response so far. */
export interface ObservedFacts {
  /** Null until the vendor has told any. */
  readonly usage: Usage | null;
  /** The vendor's id of the answer (`chatcmpl-…`, `resp_…`, `msg_…`). */
  readonly responseId: string | null;
  /** The model that the vendor says has answered. */
  readonly model: string | null;
  /** The wire's own end was seen: nothing is missing. Always true for a whole sync body. */
  readonly complete: boolean;
  /** The vendor's error inside a body or stream: its type or code, never its message. */
  readonly error: string | null;
  /** Bytes of generated text seen so far, the stand-in for output tokens when a vendor's count never comes. */
  readonly outputBytes: number;
}

/**
 * Reads the facts off a response while its bytes pass. It is fed the raw bytes in order, split anywhere, and keeps a
 * bounded state whatever the size of the answer.
 */
export interface Observer {
  /**
   * Takes the next bytes and returns those to relay: the very same buffer, except where a part must be held back or
   * left out (a usage event that the client did not ask for).
   */
  push(chunk: Buffer): Buffer;
  /** The upstream body has ended: returns what was held back (often empty). */
  end(): Buffer;
  facts(): ObservedFacts;
  /** Bytes of generated text so far; cheap enough to ask after every chunk. */
  readonly outputBytes: number;
  /**
   * The wire's last event has passed, so that `facts()` is final although the body may not have ended: `[DONE]`,
   * `response.completed|incomplete|failed`, `message_stop`, Gemini's event with a finish reason and usage. The gateway
   * journals the charge before it lets these bytes go. Cheap enough to ask after every chunk.
   */
  readonly ended: boolean;
}

/** How an endpoint's request body is handled. `json` is held and peeked into; `opaque` flows through. */
export type BodyKind = 'json' | 'opaque' | 'none';

/** Where the model's name stands. */
export type ModelPlace = 'body' | 'path' | 'multipart' | 'none';

/** What a call on the endpoint costs: by the usage in its answer, or nothing. */
export type Metering = 'usage' | 'free';

/** Which of the key's windows a call counts in: token counting has its own, wider one. */
export type LimitClass = 'calls' | 'counting';

export interface Endpoint {
  /** Stable name for records and docs: `openai.chat`, `anthropic.count_tokens`. */
  readonly id: string;
  readonly wire: WireId;
  readonly family: Family;
  readonly method: string;
  readonly body: BodyKind;
  readonly modelPlace: ModelPlace;
  readonly metering: Metering;
  readonly limitClass: LimitClass;
  /** Whether the answer may stream although no `stream` member says so (`:streamGenerateContent`). */
  readonly streams: 'never' | 'asked' | 'always';
  /** Answered by Lodge itself from the catalogue: never goes upstream. */
  readonly local: boolean;
}

/** An endpoint that a method and path lead to. */
export interface EndpointMatch {
  readonly endpoint: Endpoint;
  /** Path below the vendor's base URL, with a leading slash, without the query. */
  readonly upstreamPath: string;
  /** The model in the path, decoded, and where it stands in `upstreamPath`. */
  readonly pathModel: { readonly name: string; readonly start: number; readonly end: number } | null;
  /** True when the path leads to no known endpoint of the family and only pass-through could serve it. */
  readonly passThrough: boolean;
}
