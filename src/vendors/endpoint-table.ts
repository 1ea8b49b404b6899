import type { BodyKind, Endpoint, Family, LimitClass, Metering, ModelPlace, WireId } from './types.ts';

/** A row of the published table of endpoints. */
export interface EndpointRow {
  readonly endpoint: Endpoint;
  /** Below the API base URL; `{…}` stands for one segment. */
  readonly path: string;
  /** Served only where the group allows pass-through: it shows or spends what the vendor's account holds as a whole. */
  readonly passThrough: boolean;
}

type Streams = Endpoint['streams'];

interface Kind {
  readonly wire: WireId;
  readonly family: Family;
  readonly body: BodyKind;
  readonly modelPlace: ModelPlace;
  readonly metering: Metering;
  readonly limitClass: LimitClass;
  readonly streams: Streams;
  readonly local: boolean;
}

function kind(wire: WireId, family: Family, differs: Partial<Kind> = {}): Kind {
  const usual = {
    body: 'json',
    modelPlace: 'body',
    metering: 'usage',
    limitClass: 'calls',
    streams: 'never',
    local: false,
  } as const;
  return { wire, family, ...usual, ...differs };
}

const bare = { body: 'none', modelPlace: 'none', metering: 'free' } as const;
const counting = { metering: 'free', limitClass: 'counting' } as const;
const multipart = { body: 'opaque', modelPlace: 'multipart', streams: 'asked' } as const;
const catalogue = { ...bare, limitClass: 'counting', local: true } as const;

const chat = kind('openai.chat', 'openai', { streams: 'asked' });
const completions = kind('openai.completions', 'openai', { streams: 'asked' });
const responses = kind('openai.responses', 'openai', { streams: 'asked' });
const storedResponse = kind('openai.responses', 'openai', { ...bare, streams: 'asked' });
const responsesCount = kind('openai.responses', 'openai', counting);
const openaiModels = kind('openai.models', 'openai', catalogue);
const messages = kind('anthropic.messages', 'anthropic', { streams: 'asked' });
const messagesCount = kind('anthropic.messages', 'anthropic', counting);
const batches = kind('anthropic.batches', 'anthropic', bare);
const batchCreate = kind('anthropic.batches', 'anthropic', { body: 'opaque', modelPlace: 'none', metering: 'free' });
const anthropicModels = kind('anthropic.models', 'anthropic', catalogue);
const geminiModels = kind('gemini.models', 'gemini', catalogue);
const inPath = { modelPlace: 'path' } as const;

type RowSpec = readonly [id: string, method: string, path: string, kind: Kind, passThrough?: 'passThrough'];

const openaiRows: readonly RowSpec[] = [
  ['openai.chat', 'POST', '/v1/chat/completions', chat],
  ['openai.responses', 'POST', '/v1/responses', responses],
  ['openai.responses.compact', 'POST', '/v1/responses/compact', kind('openai.responses', 'openai')],
  ['openai.responses.input_tokens', 'POST', '/v1/responses/input_tokens', responsesCount],
  ['openai.responses.get', 'GET', '/v1/responses/{id}', storedResponse],
  ['openai.responses.delete', 'DELETE', '/v1/responses/{id}', kind('openai.responses', 'openai', bare)],
  ['openai.responses.cancel', 'POST', '/v1/responses/{id}/cancel', kind('openai.responses', 'openai', bare)],
  ['openai.responses.input_items', 'GET', '/v1/responses/{id}/input_items', kind('openai.responses', 'openai', bare)],
  ['openai.completions', 'POST', '/v1/completions', completions],
  ['openai.embeddings', 'POST', '/v1/embeddings', kind('openai.embeddings', 'openai')],
  ['openai.moderations', 'POST', '/v1/moderations', kind('openai.moderations', 'openai', { metering: 'free' })],
  [
    'openai.images.generations',
    'POST',
    '/v1/images/generations',
    kind('openai.images', 'openai', { streams: 'asked' }),
  ],
  ['openai.images.edits', 'POST', '/v1/images/edits', kind('openai.images', 'openai', multipart)],
  ['openai.images.variations', 'POST', '/v1/images/variations', kind('openai.images', 'openai', multipart)],
  ['openai.audio.speech', 'POST', '/v1/audio/speech', kind('openai.audio', 'openai', { streams: 'asked' })],
  ['openai.audio.transcriptions', 'POST', '/v1/audio/transcriptions', kind('openai.audio', 'openai', multipart)],
  ['openai.audio.translations', 'POST', '/v1/audio/translations', kind('openai.audio', 'openai', multipart)],
];

const anthropicRows: readonly RowSpec[] = [
  ['anthropic.messages', 'POST', '/v1/messages', messages],
  ['anthropic.count_tokens', 'POST', '/v1/messages/count_tokens', messagesCount],
  // A batch is paid for by the vendor's account long after the call, and the list shows everybody's.
  ['anthropic.batches.create', 'POST', '/v1/messages/batches', batchCreate, 'passThrough'],
  ['anthropic.batches.list', 'GET', '/v1/messages/batches', batches, 'passThrough'],
  ['anthropic.batches.get', 'GET', '/v1/messages/batches/{id}', batches, 'passThrough'],
  ['anthropic.batches.delete', 'DELETE', '/v1/messages/batches/{id}', batches, 'passThrough'],
  ['anthropic.batches.cancel', 'POST', '/v1/messages/batches/{id}/cancel', batches, 'passThrough'],
  ['anthropic.batches.results', 'GET', '/v1/messages/batches/{id}/results', batches, 'passThrough'],
];

const generate = kind('gemini.generate', 'gemini', inPath);
const stream = kind('gemini.generate', 'gemini', { ...inPath, streams: 'always' });
const embed = kind('gemini.embed', 'gemini', inPath);

const geminiRows: readonly RowSpec[] = [
  ['gemini.generate', 'POST', '/v1beta/models/{model}:generateContent', generate],
  ['gemini.stream', 'POST', '/v1beta/models/{model}:streamGenerateContent', stream],
  [
    'gemini.count_tokens',
    'POST',
    '/v1beta/models/{model}:countTokens',
    kind('gemini.generate', 'gemini', { ...inPath, ...counting }),
  ],
  ['gemini.embed', 'POST', '/v1beta/models/{model}:embedContent', embed],
  ['gemini.batch_embed', 'POST', '/v1beta/models/{model}:batchEmbedContents', embed],
];

const modelRows: readonly RowSpec[] = [
  ['openai.models', 'GET', '/v1/models', openaiModels],
  ['openai.model', 'GET', '/v1/models/{model}', { ...openaiModels, modelPlace: 'path' }],
  ['anthropic.models', 'GET', '/v1/models', anthropicModels],
  ['anthropic.model', 'GET', '/v1/models/{model}', { ...anthropicModels, modelPlace: 'path' }],
  ['gemini.models', 'GET', '/v1beta/models', geminiModels],
  ['gemini.model', 'GET', '/v1beta/models/{model}', { ...geminiModels, modelPlace: 'path' }],
];

function toRow([id, method, path, shape, passThrough]: RowSpec): EndpointRow {
  return { endpoint: { id, method, ...shape }, path, passThrough: passThrough !== undefined };
}

/** Every endpoint that Lodge knows, for documentation and tests. */
export const endpoints: readonly EndpointRow[] = [openaiRows, anthropicRows, geminiRows, modelRows].flatMap((rows) =>
  rows.map(toRow),
);

const others = new Map<string, Endpoint>();

/** What passes through unknown: any method, relayed as it is, metered by what it returns. One object per family and method. */
export function otherEndpoint(family: Family, method: string): Endpoint {
  const id = `${family}.other.${method.toLowerCase()}`;
  let endpoint = others.get(id);
  if (endpoint === undefined) {
    const body: BodyKind = method === 'GET' || method === 'HEAD' || method === 'DELETE' ? 'none' : 'opaque';
    endpoint = {
      id,
      method,
      ...kind(`${family}.other`, family, { body, modelPlace: 'none', streams: 'asked' }),
    };
    others.set(id, endpoint);
  }
  return endpoint;
}

const locals = new Map<string, Endpoint>();

/** What Lodge answers itself and no vendor knows. One object per name, family and method. */
export function localEndpoint(name: string, family: Family, method: string): Endpoint {
  const key = `${name} ${family} ${method}`;
  let endpoint = locals.get(key);
  if (endpoint === undefined) {
    endpoint = { id: `lodge.${name}`, method, ...kind('lodge', family, catalogue) };
    locals.set(key, endpoint);
  }
  return endpoint;
}
