import type { Usage } from './types.ts';

/*
 * Usage as the vendors write it → classes that do not overlap.
 *
 * The rule for numbers that cannot be: a count is a whole number from 0 to a billion. A total that is anything else (a
 * string, negative, a fraction, beyond) makes the whole usage unknown; a detail that is anything else counts as not
 * told, so its tokens stay in the plain class. Details that add up to more than their total are cut to it, in the order
 * in which they are taken below. So no class is ever negative or not a number.
 */

type Members = Readonly<Record<string, unknown>>;

const mostTokens = 1_000_000_000;

export const noUsage: Usage = {
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  audioInput: 0,
  imageInput: 0,
  output: 0,
  reasoning: 0,
  audioOutput: 0,
  imageOutput: 0,
  images: 0,
};

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostTokens;
}

/** Undefined: not told. Null: told, but impossible. */
function total(members: Members, ...names: readonly string[]): number | null | undefined {
  for (const name of names) {
    const value = members[name];
    if (value !== undefined && value !== null) return isCount(value) ? value : null;
  }
  return undefined;
}

function detail(members: Members, ...names: readonly string[]): number {
  for (const name of names) {
    const value = members[name];
    if (isCount(value)) return value;
  }
  return 0;
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function firstMembers(parent: Members, ...names: readonly string[]): Members {
  for (const name of names) if (typeof parent[name] === 'object' && parent[name] !== null) return members(parent[name]);
  return {};
}

/** Hands out a total in parts that never come to more than it. */
class Share {
  rest: number;

  constructor(whole: number) {
    this.rest = whole;
  }

  take(wanted: number): number {
    const part = Math.min(Math.max(0, wanted), this.rest);
    this.rest -= part;
    return part;
  }
}

/** Usage of images that a vendor bills by the piece and does not count in tokens. Null for no images. */
export function imagesOnly(images: number): Usage | null {
  return images > 0 ? { ...noUsage, images } : null;
}

/** What output tokens are that no detail tells apart. */
export type PlainOutput = 'text' | 'audio' | 'image';

/**
 * OpenAI's usage in all its shapes: chat and completions (`prompt_tokens`), responses, images and audio
 * (`input_tokens`), embeddings, and those of vendors who speak its wire. Null when it names no tokens, as
 * transcriptions billed by their duration do.
 */
export function openaiUsage(raw: unknown, plainOutput: PlainOutput = 'text', images = 0): Usage | null {
  const usage = members(raw);
  const output = total(usage, 'completion_tokens', 'output_tokens');
  let input = total(usage, 'prompt_tokens', 'input_tokens');
  if (input === null || output === null) return imagesOnly(images);
  if (input === undefined) {
    // Some embedding servers tell the sum alone.
    const sum = output === undefined ? total(usage, 'total_tokens') : undefined;
    if (sum === null || (sum === undefined && output === undefined)) return imagesOnly(images);
    input = sum ?? 0;
  }
  const inputDetails = firstMembers(usage, 'prompt_tokens_details', 'input_tokens_details', 'input_token_details');
  const inputs = new Share(input);
  const cacheRead = inputs.take(
    detail(inputDetails, 'cached_tokens') || detail(usage, 'prompt_cache_hit_tokens', 'cached_tokens'),
  );
  const cacheWrite5m = inputs.take(detail(inputDetails, 'cache_write_tokens', 'cache_creation_tokens'));
  const audioInput = inputs.take(detail(inputDetails, 'audio_tokens'));
  const imageInput = inputs.take(detail(inputDetails, 'image_tokens'));
  return {
    ...noUsage,
    input: inputs.rest,
    cacheRead,
    cacheWrite5m,
    audioInput,
    imageInput,
    ...openaiOutput(usage, input, output ?? 0, plainOutput),
    images,
  };
}

function openaiOutput(usage: Members, input: number, reported: number, plain: PlainOutput): Partial<Usage> {
  const details = firstMembers(usage, 'completion_tokens_details', 'output_tokens_details', 'output_token_details');
  const reasoning = detail(details, 'reasoning_tokens');
  // xAI counts reasoning beside the completion; only the sum shows it.
  const beside = reasoning > 0 && usage['total_tokens'] === input + reported + reasoning;
  const outputs = new Share(beside ? reported + reasoning : reported);
  const imageOutput = outputs.take(detail(details, 'image_tokens'));
  const audioOutput = outputs.take(detail(details, 'audio_tokens'));
  if (plain === 'image') {
    const text = outputs.take(detail(details, 'text_tokens'));
    return { output: text, imageOutput: imageOutput + outputs.rest, audioOutput };
  }
  if (plain === 'audio') {
    const text = outputs.take(detail(details, 'text_tokens'));
    return { output: text, audioOutput: audioOutput + outputs.rest, imageOutput };
  }
  return { output: outputs.rest, reasoning: Math.min(reasoning, outputs.rest), audioOutput, imageOutput };
}

/**
 * Anthropic's usage: `input_tokens` excludes the cache classes already. A written cache that no lifetime is told of
 * counts as five minutes, the vendor's default. Rounds of compaction stand in `iterations` alone and are billed as well.
 */
export function anthropicUsage(raw: unknown): Usage | null {
  const usage = members(raw);
  const whole = anthropicRound(usage);
  if (whole === null || !Array.isArray(usage['iterations'])) return whole;
  let sum = whole;
  for (const iteration of usage['iterations'].slice(0, 1_000)) {
    const round = members(iteration);
    const extra = round['type'] === 'compaction' ? anthropicRound(round) : null;
    if (extra !== null) sum = added(sum, extra);
  }
  return sum;
}

function anthropicRound(usage: Members): Usage | null {
  const input = total(usage, 'input_tokens');
  const output = total(usage, 'output_tokens');
  const cacheRead = total(usage, 'cache_read_input_tokens');
  const written = total(usage, 'cache_creation_input_tokens');
  if (input === null || output === null || cacheRead === null || written === null) return null;
  if (input === undefined && output === undefined) return null;
  const lifetimes = members(usage['cache_creation']);
  const hour = detail(lifetimes, 'ephemeral_1h_input_tokens');
  const writes = new Share(written ?? hour + detail(lifetimes, 'ephemeral_5m_input_tokens'));
  const cacheWrite1h = writes.take(hour);
  return {
    ...noUsage,
    input: input ?? 0,
    cacheRead: cacheRead ?? 0,
    cacheWrite1h,
    cacheWrite5m: writes.rest,
    output: output ?? 0,
    reasoning: Math.min(detail(members(usage['output_tokens_details']), 'thinking_tokens'), output ?? 0),
  };
}

function added(a: Usage, b: Usage): Usage {
  return {
    ...a,
    input: a.input + b.input,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}

/**
 * Gemini's `usageMetadata`: the prompt includes what was read from a cache, thoughts stand beside the candidates, and
 * modalities are told by list. Text, video and documents have one price and are plain.
 */
export function geminiUsage(raw: unknown, images: number): Usage | null {
  const usage = members(raw);
  const prompt = total(usage, 'promptTokenCount');
  const toolPrompt = total(usage, 'toolUsePromptTokenCount');
  const candidates = total(usage, 'candidatesTokenCount');
  const thoughts = total(usage, 'thoughtsTokenCount');
  if (prompt === null || toolPrompt === null || candidates === null || thoughts === null) return imagesOnly(images);
  if (prompt === undefined && candidates === undefined && thoughts === undefined) return imagesOnly(images);
  const cached = usage['cacheTokensDetails'];
  const inputs = new Share((prompt ?? 0) + (toolPrompt ?? 0));
  const cacheRead = inputs.take(detail(usage, 'cachedContentTokenCount'));
  const audioInput = inputs.take(
    byModality(usage['promptTokensDetails'], 'AUDIO') +
      byModality(usage['toolUsePromptTokensDetails'], 'AUDIO') -
      byModality(cached, 'AUDIO'),
  );
  const imageInput = inputs.take(
    byModality(usage['promptTokensDetails'], 'IMAGE') +
      byModality(usage['toolUsePromptTokensDetails'], 'IMAGE') -
      byModality(cached, 'IMAGE'),
  );
  const outputs = new Share(candidates ?? 0);
  const audioOutput = outputs.take(byModality(usage['candidatesTokensDetails'], 'AUDIO'));
  const imageOutput = outputs.take(byModality(usage['candidatesTokensDetails'], 'IMAGE'));
  return {
    ...noUsage,
    input: inputs.rest,
    cacheRead,
    audioInput,
    imageInput,
    output: outputs.rest + (thoughts ?? 0),
    reasoning: thoughts ?? 0,
    audioOutput,
    imageOutput,
    images,
  };
}

function byModality(list: unknown, modality: string): number {
  if (!Array.isArray(list)) return 0;
  let sum = 0;
  for (const entry of list.slice(0, 32)) {
    const part = members(entry);
    if (part['modality'] === modality) sum += detail(part, 'tokenCount');
  }
  return sum;
}
