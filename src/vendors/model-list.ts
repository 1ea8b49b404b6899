import type { Family } from './types.ts';

/** What a list of models tells of one. */
export interface ModelFacts {
  readonly id: string;
  readonly displayName: string;
  readonly createdAtMs: number;
  /** The vendor's id in the catalogue. */
  readonly ownedBy: string;
  readonly mode: string;
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
}

/**
 * The body of `GET …/models` in the shape of the family. `query` is the request's, with or without its `?`: paging as
 * Anthropic's `limit`, `after_id`, `before_id` and Google's `pageSize`, `pageToken`. OpenAI's list has no pages.
 */
export function modelListBody(family: Family, models: readonly ModelFacts[], query: string): string {
  const asked = new URLSearchParams(query);
  switch (family) {
    case 'anthropic':
      return JSON.stringify(anthropicList(models, asked));
    case 'gemini':
      return JSON.stringify(geminiList(models, asked));
    default:
      return JSON.stringify(openaiList(models, asked));
  }
}

/** The body of `GET …/models/{id}`. */
export function modelBody(family: Family, model: ModelFacts): string {
  switch (family) {
    case 'anthropic':
      return JSON.stringify(anthropicModel(model));
    case 'gemini':
      return JSON.stringify(geminiModel(model));
    default:
      return JSON.stringify(openaiModel(model));
  }
}

/** A page size as asked for, within what the vendor allows; `usual` when it is no such number. */
function pageSize(asked: string | null, usual: number, most: number): number {
  const size = asked !== null && /^\d{1,6}$/.test(asked) ? Number(asked) : 0;
  return size > 0 ? Math.min(size, most) : usual;
}

// ---- OpenAI ----

function openaiList(models: readonly ModelFacts[], asked: URLSearchParams): object {
  const list = { object: 'list', data: models.map(openaiModel) };
  // Codex logs an error for each list without `models`; an empty one keeps its own table.
  return asked.has('client_version') ? { ...list, models: [] } : list;
}

function openaiModel(model: ModelFacts): object {
  return {
    id: model.id,
    object: 'model',
    created: Math.floor(model.createdAtMs / 1000),
    owned_by: model.ownedBy,
    type: 'model',
    display_name: model.displayName,
  };
}

// ---- Anthropic ----

function anthropicList(models: readonly ModelFacts[], asked: URLSearchParams): object {
  const size = pageSize(asked.get('limit'), 20, 1_000);
  const afterId = asked.get('after_id');
  const beforeId = asked.get('before_id');
  let page: readonly ModelFacts[];
  let more: boolean;
  if (beforeId !== null) {
    const before = models.findIndex((model) => model.id === beforeId);
    const start = Math.max(0, before - size);
    page = before < 0 ? [] : models.slice(start, before);
    more = before > 0 && start > 0;
  } else {
    const after = afterId === null ? -1 : models.findIndex((model) => model.id === afterId);
    const start = afterId !== null && after < 0 ? models.length : after + 1;
    page = models.slice(start, start + size);
    more = start + size < models.length;
  }
  return {
    data: page.map(anthropicModel),
    has_more: more,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}

function anthropicModel(model: ModelFacts): object {
  return {
    type: 'model',
    id: model.id,
    display_name: model.displayName,
    created_at: new Date(model.createdAtMs).toISOString().replace('.000Z', 'Z'),
    ...(model.maxInputTokens === null ? {} : { max_input_tokens: model.maxInputTokens }),
    ...(model.maxOutputTokens === null ? {} : { max_tokens: model.maxOutputTokens }),
  };
}

// ---- Gemini ----

function geminiList(models: readonly ModelFacts[], asked: URLSearchParams): object {
  const size = pageSize(asked.get('pageSize'), 50, 1_000);
  const start = pageStart(asked.get('pageToken'));
  const end = start + size;
  const list = { models: models.slice(start, end).map(geminiModel) };
  return end < models.length ? { ...list, nextPageToken: pageToken(end) } : list;
}

/** A token is opaque to clients, so that its meaning may change. */
function pageToken(start: number): string {
  return Buffer.from(`p${start}`).toString('base64url');
}

function pageStart(token: string | null): number {
  const start = token === null ? null : /^p(\d{1,6})$/.exec(Buffer.from(token, 'base64url').toString('latin1'))?.[1];
  return start === undefined || start === null ? 0 : Number(start);
}

const geminiMethods: Readonly<Record<string, readonly string[]>> = {
  embedding: ['embedContent', 'batchEmbedContents', 'countTokens'],
};
const geminiUsualMethods = ['generateContent', 'streamGenerateContent', 'countTokens'];

function geminiModel(model: ModelFacts): object {
  return {
    name: `models/${model.id}`,
    baseModelId: model.id,
    version: '001',
    displayName: model.displayName,
    ...(model.maxInputTokens === null ? {} : { inputTokenLimit: model.maxInputTokens }),
    ...(model.maxOutputTokens === null ? {} : { outputTokenLimit: model.maxOutputTokens }),
    supportedGenerationMethods: geminiMethods[model.mode] ?? geminiUsualMethods,
  };
}
