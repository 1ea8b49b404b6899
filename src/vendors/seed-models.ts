import type { Family } from './types.ts';

/**
 * The current models of the three vendors: facts that the price library does not hold. Limits are the context window and
 * the largest output. Release days are approximate where the vendor's page was not at hand (then often the first of the
 * month): they order lists and begin a price's first version, nothing else.
 *
 * Prices that stand here are of models newer than the library. They were taken from public reports that quote the page
 * named in `source`, not from the page itself, and give way as soon as the library knows the model.
 */
export interface ModelRow {
  readonly id: string;
  readonly name: string;
  readonly mode: 'chat' | 'completion' | 'embedding' | 'image' | 'audio' | 'moderation';
  /** `YYYY-MM-DD` */
  readonly released: string;
  readonly maxInput: number | null;
  readonly maxOutput: number | null;
  /** Letters of `modalities`, inputs first: `ti>t`. */
  readonly flow: string;
  /** The entry of the price data that holds its price, where that is not the id itself. */
  readonly pricedAs?: string;
  /** The vendor charges nothing, by its own word. */
  readonly free?: boolean;
  /** Prices that the library does not have (yet), see `seed.ts`. */
  readonly prices?: readonly PriceRow[];
}

export interface PriceRow {
  readonly from: string;
  readonly source: string;
  readonly rates: Readonly<Record<string, string>>;
  readonly over?: { readonly inputTokens: number; readonly rates: Readonly<Record<string, string>> };
}

export interface VendorRow {
  readonly id: string;
  readonly name: string;
  readonly family: Family;
  /** The vendor's name in the price data. */
  readonly provider: string;
  readonly models: readonly ModelRow[];
  /** Names that people and older tools use → the current model that serves them. */
  readonly familiar: Readonly<Record<string, string>>;
}

export const modalities: Readonly<Record<string, string>> = {
  t: 'text',
  i: 'image',
  a: 'audio',
  v: 'video',
  f: 'file',
  e: 'embedding',
};

type Extra = Pick<ModelRow, 'pricedAs' | 'free' | 'prices'>;

function model(
  mode: ModelRow['mode'],
  id: string,
  name: string,
  released: string,
  [maxInput, maxOutput]: readonly [number | null, number | null],
  flow: string,
  extra: Extra = {},
): ModelRow {
  return { mode, id, name, released, maxInput, maxOutput, flow, ...extra };
}

/** Kept with the price, so that an operator sees what it rests on. */
function reported(page: string): string {
  return `public reports of ${page}`;
}

const wide = [1_050_000, 128_000] as const;
const gpt5 = [400_000, 128_000] as const;
const million = [1_000_000, 128_000] as const;
const gemini = [1_048_576, 65_536] as const;

const openai: readonly ModelRow[] = [
  model('chat', 'gpt-6.1-sol', 'GPT-6.1 Sol', '2026-09-29', wide, 'ti>t', {
    prices: [
      {
        from: '2026-09-29',
        source: reported('https://developers.openai.com/api/docs/models/gpt-6.1-sol'),
        rates: { input: '2', cacheRead: '0.10', cacheWrite5m: '2.50', output: '10' },
        over: { inputTokens: 272_000, rates: { input: '4', cacheRead: '0.20', cacheWrite5m: '5', output: '15' } },
      },
    ],
  }),
  model('chat', 'gpt-6.1-terra', 'GPT-6.1 Terra', '2026-10-26', wide, 'ti>t', {
    prices: [
      {
        from: '2026-10-26',
        source: reported('https://developers.openai.com/api/docs/models/gpt-6.1-terra'),
        rates: { input: '1', cacheRead: '0.05', cacheWrite5m: '1.25', output: '5' },
        over: { inputTokens: 272_000, rates: { input: '2', cacheRead: '0.10', cacheWrite5m: '2.50', output: '7.50' } },
      },
    ],
  }),
  model('chat', 'gpt-6-astra', 'GPT-6 Astra', '2026-09-03', wide, 'ti>t'),
  model('chat', 'gpt-6-sol', 'GPT-6 Sol', '2026-09-22', wide, 'ti>t'),
  model('chat', 'gpt-6-luna', 'GPT-6 Luna', '2026-09-22', wide, 'ti>t'),
  model('chat', 'gpt-5.6-sol', 'GPT-5.6 Sol', '2026-07-09', wide, 'ti>t'),
  model('chat', 'gpt-5.6-terra', 'GPT-5.6 Terra', '2026-07-09', wide, 'ti>t'),
  model('chat', 'gpt-5.6-luna', 'GPT-5.6 Luna', '2026-07-09', wide, 'ti>t'),
  model('chat', 'gpt-5.5', 'GPT-5.5', '2026-04-23', wide, 'ti>t'),
  model('chat', 'gpt-5.5-pro', 'GPT-5.5 Pro', '2026-04-23', wide, 'ti>t'),
  model('chat', 'gpt-5.4', 'GPT-5.4', '2026-03-05', wide, 'ti>t'),
  model('chat', 'gpt-5.4-pro', 'GPT-5.4 Pro', '2026-03-05', wide, 'ti>t'),
  model('chat', 'gpt-5.4-mini', 'GPT-5.4 mini', '2026-03-17', gpt5, 'ti>t'),
  model('chat', 'gpt-5.4-nano', 'GPT-5.4 nano', '2026-03-17', gpt5, 'ti>t'),
  model('chat', 'gpt-5.3-codex', 'GPT-5.3-Codex', '2026-02-01', gpt5, 'ti>t'),
  model('chat', 'gpt-5.2', 'GPT-5.2', '2025-12-11', gpt5, 'ti>t'),
  model('chat', 'gpt-5.2-pro', 'GPT-5.2 Pro', '2025-12-11', gpt5, 'ti>t'),
  model('chat', 'gpt-5.1', 'GPT-5.1', '2025-11-13', gpt5, 'ti>t'),
  model('chat', 'gpt-5', 'GPT-5', '2025-08-07', gpt5, 'ti>t'),
  model('chat', 'gpt-5-mini', 'GPT-5 mini', '2025-08-07', gpt5, 'ti>t'),
  model('chat', 'gpt-5-nano', 'GPT-5 nano', '2025-08-07', gpt5, 'ti>t'),
  model('chat', 'gpt-4.1', 'GPT-4.1', '2025-04-14', [1_047_576, 32_768], 'ti>t'),
  model('chat', 'gpt-4.1-mini', 'GPT-4.1 mini', '2025-04-14', [1_047_576, 32_768], 'ti>t'),
  model('chat', 'gpt-4o', 'GPT-4o', '2024-05-13', [128_000, 16_384], 'ti>t'),
  model('chat', 'gpt-4o-mini', 'GPT-4o mini', '2024-07-18', [128_000, 16_384], 'ti>t'),
  model('chat', 'o3', 'o3', '2025-04-16', [200_000, 100_000], 'ti>t'),
  model('chat', 'o4-mini', 'o4-mini', '2025-04-16', [200_000, 100_000], 'ti>t'),
  model('chat', 'gpt-audio', 'GPT Audio', '2025-08-28', [128_000, 16_384], 'ta>ta'),
  model('chat', 'gpt-audio-mini', 'GPT Audio mini', '2025-10-06', [128_000, 16_384], 'ta>ta'),
  model('completion', 'gpt-3.5-turbo-instruct', 'GPT-3.5 Turbo Instruct', '2023-09-18', [4_096, 4_096], 't>t'),
  model('image', 'gpt-image-2.5-sunburst', 'GPT Image 2.5 Sunburst', '2026-09-08', [null, null], 'ti>i', {
    // Token rates of GPT Image 2: https://developers.openai.com/api/docs/changelog, 8 September 2026.
    pricedAs: 'gpt-image-2',
  }),
  model('image', 'gpt-image-2.5-flare', 'GPT Image 2.5 Flare', '2026-09-08', [null, null], 'ti>i', {
    pricedAs: 'gpt-image-2',
  }),
  model('image', 'gpt-image-2', 'GPT Image 2', '2026-04-21', [null, null], 'ti>i'),
  model('image', 'gpt-image-1.5', 'GPT Image 1.5', '2025-12-16', [null, null], 'ti>ti'),
  model('audio', 'gpt-4o-transcribe', 'GPT-4o Transcribe', '2025-03-20', [16_000, 2_000], 'ta>t'),
  model('audio', 'gpt-4o-mini-transcribe', 'GPT-4o mini Transcribe', '2025-03-20', [16_000, 2_000], 'ta>t'),
  model('audio', 'gpt-4o-mini-tts', 'GPT-4o mini TTS', '2025-03-20', [2_000, null], 't>a'),
  model('embedding', 'text-embedding-3-large', 'Text Embedding 3 large', '2024-01-25', [8_192, null], 't>e'),
  model('embedding', 'text-embedding-3-small', 'Text Embedding 3 small', '2024-01-25', [8_192, null], 't>e'),
  model('embedding', 'text-embedding-ada-002', 'Text Embedding Ada 002', '2022-12-15', [8_192, null], 't>e'),
  model('moderation', 'omni-moderation-latest', 'Omni Moderation', '2024-09-26', [null, null], 'ti>t', { free: true }),
];

const haiku55 = reported('https://platform.claude.com/docs/en/models/haiku-5-5/overview');
const sonnet55 = reported('https://platform.claude.com/docs/en/models/sonnet-5-5/overview');

// Cache writes that a row does not name cost 1.25 × (5 minutes) and 2 × (1 hour) the input, see `seed.ts`.
const anthropic: readonly ModelRow[] = [
  model('chat', 'claude-fable-5-1', 'Claude Fable 5.1', '2026-09-01', million, 'ti>t'),
  model('chat', 'claude-fable-5', 'Claude Fable 5', '2026-06-09', million, 'ti>t'),
  model('chat', 'claude-opus-5-5', 'Claude Opus 5.5', '2026-09-01', million, 'ti>t'),
  model('chat', 'claude-opus-5', 'Claude Opus 5', '2026-07-24', million, 'ti>t'),
  model('chat', 'claude-opus-4-8', 'Claude Opus 4.8', '2026-05-01', million, 'ti>t'),
  model('chat', 'claude-opus-4-7', 'Claude Opus 4.7', '2026-04-16', million, 'ti>t'),
  model('chat', 'claude-opus-4-6', 'Claude Opus 4.6', '2026-02-05', million, 'ti>t'),
  model('chat', 'claude-opus-4-5-20251101', 'Claude Opus 4.5', '2025-11-24', [200_000, 64_000], 'ti>t', {
    pricedAs: 'claude-opus-4-5',
  }),
  model('chat', 'claude-sonnet-5-5', 'Claude Sonnet 5.5', '2026-09-23', million, 'ti>t', {
    prices: [
      { from: '2026-09-23', source: sonnet55, rates: { input: '2', cacheRead: '0.20', output: '10' } },
      { from: '2026-10-07', source: sonnet55, rates: { input: '2', cacheRead: '0.10', output: '10' } },
    ],
  }),
  model('chat', 'claude-sonnet-5', 'Claude Sonnet 5', '2026-06-30', million, 'ti>t'),
  model('chat', 'claude-sonnet-4-6', 'Claude Sonnet 4.6', '2026-02-17', [1_000_000, 64_000], 'ti>t'),
  model('chat', 'claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5', '2025-09-29', [200_000, 64_000], 'ti>t', {
    pricedAs: 'claude-sonnet-4-5',
  }),
  model('chat', 'claude-haiku-5-5', 'Claude Haiku 5.5', '2026-10-07', million, 'ti>t', {
    prices: [
      {
        from: '2026-10-07',
        source: haiku55,
        rates: { input: '0.10', cacheRead: '0.01', output: '0.50' },
        over: { inputTokens: 100_000, rates: { input: '0.50', cacheRead: '0.05', output: '2.50' } },
      },
    ],
  }),
  model('chat', 'claude-haiku-4-5-20251001', 'Claude Haiku 4.5', '2025-10-15', [200_000, 64_000], 'ti>t', {
    pricedAs: 'claude-haiku-4-5',
  }),
];

const google: readonly ModelRow[] = [
  model('chat', 'gemini-3.8-flash', 'Gemini 3.8 Flash', '2026-09-02', gemini, 'tiavf>t'),
  model('chat', 'gemini-3.7-flash', 'Gemini 3.7 Flash', '2026-08-01', gemini, 'tiavf>t'),
  model('chat', 'gemini-3.6-flash', 'Gemini 3.6 Flash', '2026-07-21', gemini, 'tiavf>t'),
  model('chat', 'gemini-3.5-flash', 'Gemini 3.5 Flash', '2026-05-19', gemini, 'tiavf>t'),
  model('chat', 'gemini-3.5-flash-lite', 'Gemini 3.5 Flash Lite', '2026-07-21', gemini, 'tiavf>t'),
  model('chat', 'gemini-3.1-pro-preview', 'Gemini 3.1 Pro Preview', '2026-02-19', gemini, 'tiavf>t'),
  model(
    'chat',
    'gemini-3.1-pro-preview-customtools',
    'Gemini 3.1 Pro Preview Custom Tools',
    '2026-02-19',
    gemini,
    'tiavf>t',
    {
      pricedAs: 'gemini-3.1-pro-preview',
    },
  ),
  model('chat', 'gemini-3.1-flash-lite', 'Gemini 3.1 Flash Lite', '2026-03-03', gemini, 'tiavf>t'),
  model('chat', 'gemini-3-pro-preview', 'Gemini 3 Pro Preview', '2025-11-18', gemini, 'tiavf>t'),
  model('chat', 'gemini-3-flash-preview', 'Gemini 3 Flash Preview', '2025-12-17', gemini, 'tiavf>t'),
  model('chat', 'gemini-2.5-pro', 'Gemini 2.5 Pro', '2025-06-17', gemini, 'tiavf>t'),
  model('chat', 'gemini-2.5-flash', 'Gemini 2.5 Flash', '2025-06-17', gemini, 'tiavf>t'),
  model('chat', 'gemini-2.5-flash-lite', 'Gemini 2.5 Flash Lite', '2025-07-22', gemini, 'tiavf>t'),
  model('image', 'gemini-3-pro-image', 'Gemini 3 Pro Image', '2025-11-20', [65_536, 32_768], 'ti>ti', {
    pricedAs: 'gemini-3-pro-image-preview',
  }),
  model('image', 'gemini-3-pro-image-preview', 'Gemini 3 Pro Image Preview', '2025-11-20', [65_536, 32_768], 'ti>ti'),
  model('image', 'gemini-3.1-flash-image', 'Gemini 3.1 Flash Image', '2026-02-26', [131_072, 32_768], 'ti>ti', {
    pricedAs: 'gemini-3.1-flash-image-preview',
  }),
  model(
    'image',
    'gemini-3.1-flash-image-preview',
    'Gemini 3.1 Flash Image Preview',
    '2026-02-26',
    [131_072, 32_768],
    'ti>ti',
  ),
  model('image', 'gemini-2.5-flash-image', 'Gemini 2.5 Flash Image', '2025-10-02', [32_768, 32_768], 'ti>ti'),
  model('embedding', 'gemini-embedding-2', 'Gemini Embedding 2', '2026-03-10', [8_192, null], 'tiav>e'),
  model('embedding', 'gemini-embedding-001', 'Gemini Embedding 001', '2025-07-14', [2_048, null], 't>e'),
];

export const vendorRows: readonly VendorRow[] = [
  {
    id: 'openai',
    name: 'OpenAI',
    family: 'openai',
    provider: 'openai',
    models: openai,
    familiar: {
      'gpt-6': 'gpt-6-sol',
      'gpt-5.6': 'gpt-5.6-sol',
      'gpt-5-codex': 'gpt-5.3-codex',
      'gpt-4': 'gpt-4.1',
      'gpt-4-turbo': 'gpt-4.1',
      'gpt-3.5-turbo': 'gpt-4o-mini',
      'gpt-4.1-nano': 'gpt-5-nano',
      'chatgpt-4o-latest': 'gpt-4o',
      o1: 'o3',
      'o3-mini': 'o4-mini',
      'dall-e-3': 'gpt-image-2',
      'gpt-image-1': 'gpt-image-2',
      'whisper-1': 'gpt-4o-mini-transcribe',
      'tts-1': 'gpt-4o-mini-tts',
      'text-moderation-latest': 'omni-moderation-latest',
    },
  },
  {
    id: 'anthropic',
    name: 'Anthropic',
    family: 'anthropic',
    provider: 'anthropic',
    models: anthropic,
    familiar: {
      'claude-opus-4-5': 'claude-opus-4-5-20251101',
      'claude-sonnet-4-5': 'claude-sonnet-4-5-20250929',
      'claude-haiku-4-5': 'claude-haiku-4-5-20251001',
      'claude-opus-4-1': 'claude-opus-4-8',
      'claude-opus-4-0': 'claude-opus-4-8',
      'claude-sonnet-4-0': 'claude-sonnet-4-6',
      'claude-3-7-sonnet-latest': 'claude-sonnet-4-6',
      'claude-3-5-sonnet-latest': 'claude-sonnet-4-6',
      'claude-3-5-haiku-latest': 'claude-haiku-4-5-20251001',
      'claude-3-opus': 'claude-opus-5-5',
      'claude-3-opus-latest': 'claude-opus-5-5',
      'claude-3-sonnet': 'claude-sonnet-5-5',
      'claude-3-haiku': 'claude-haiku-5-5',
    },
  },
  {
    id: 'gemini',
    name: 'Gemini',
    family: 'gemini',
    provider: 'google',
    models: google,
    familiar: {
      'gemini-flash-latest': 'gemini-3.8-flash',
      'gemini-flash-lite-latest': 'gemini-3.5-flash-lite',
      'gemini-pro-latest': 'gemini-3.1-pro-preview',
      'gemini-2.0-flash': 'gemini-2.5-flash',
      'gemini-2.0-flash-lite': 'gemini-2.5-flash-lite',
      'gemini-1.5-pro': 'gemini-3.1-pro-preview',
      'gemini-1.5-flash': 'gemini-3.8-flash',
      'gemini-pro': 'gemini-3.1-pro-preview',
      'text-embedding-004': 'gemini-embedding-001',
    },
  },
];
