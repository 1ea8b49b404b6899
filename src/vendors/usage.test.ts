import { describe, expect, it } from 'vitest';
import type { Usage } from './types.ts';
import { anthropicUsage, geminiUsage, openaiUsage } from './usage.ts';

/** The classes that are not 0. */
function classes(usage: Usage | null): Partial<Usage> | null {
  return usage && Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== 0));
}

const hostile = [-1, 1.5, '5', Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60, 1_000_000_001, true, {}, [5]];

describe('OpenAI usage', () => {
  it('adds up to what the vendor counted', () => {
    // 1,000 in = 600 cached + 100 written + 50 audio + 250 plain; 200 out = 20 audio + 180, of which 30 reasoning.
    const usage = {
      input_tokens: 1_000,
      output_tokens: 200,
      input_tokens_details: { cached_tokens: 600, cache_write_tokens: 100, audio_tokens: 50 },
      output_tokens_details: { reasoning_tokens: 30, audio_tokens: 20 },
    };
    expect(classes(openaiUsage(usage))).toEqual({
      input: 250,
      cacheRead: 600,
      cacheWrite5m: 100,
      audioInput: 50,
      output: 180,
      audioOutput: 20,
      reasoning: 30,
    });
  });

  it('adds reasoning that a vendor counts beside the completion', () => {
    const details = { reasoning_tokens: 300 };
    const beside = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 315, completion_tokens_details: details };
    expect(classes(openaiUsage(beside))).toEqual({ input: 10, output: 305, reasoning: 300 });
    const within = { prompt_tokens: 10, completion_tokens: 305, total_tokens: 315, completion_tokens_details: details };
    expect(classes(openaiUsage(within))).toEqual({ input: 10, output: 305, reasoning: 300 });
  });

  it('cuts details to their total', () => {
    const usage = {
      prompt_tokens: 10,
      completion_tokens: 4,
      prompt_tokens_details: { cached_tokens: 50, audio_tokens: 50 },
      completion_tokens_details: { reasoning_tokens: 9, audio_tokens: 3 },
    };
    expect(classes(openaiUsage(usage))).toEqual({ cacheRead: 10, output: 1, reasoning: 1, audioOutput: 3 });
  });

  it('is unknown with an impossible total, and plain with an impossible detail', () => {
    for (const value of hostile) {
      expect(openaiUsage({ prompt_tokens: value, completion_tokens: 1 })).toBeNull();
      expect(openaiUsage({ prompt_tokens: 1, completion_tokens: value })).toBeNull();
      expect(
        classes(
          openaiUsage({ prompt_tokens: 9, completion_tokens: 1, prompt_tokens_details: { cached_tokens: value } }),
        ),
      ).toEqual({ input: 9, output: 1 });
    }
    for (const usage of [null, undefined, 5, 'x', [], {}, { type: 'duration', seconds: 9 }]) {
      expect(openaiUsage(usage)).toBeNull();
    }
  });

  it('reads images, and sums of embedding servers', () => {
    const details = { text_tokens: 20, image_tokens: 80 };
    expect(
      classes(openaiUsage({ input_tokens: 1, output_tokens: 100, output_tokens_details: details }, 'image', 1)),
    ).toEqual({
      input: 1,
      output: 20,
      imageOutput: 80,
      images: 1,
    });
    expect(classes(openaiUsage({ input_tokens: -1, output_tokens: 1 }, 'image', 2))).toEqual({ images: 2 });
    expect(classes(openaiUsage({ total_tokens: 8 }))).toEqual({ input: 8 });
  });
});

describe('Anthropic usage', () => {
  it('splits what was written to the cache by its lifetime', () => {
    const usage = { input_tokens: 1, output_tokens: 2, cache_creation_input_tokens: 100 };
    expect(classes(anthropicUsage(usage))).toMatchObject({ cacheWrite5m: 100 });
    const hour = { ephemeral_1h_input_tokens: 60, ephemeral_5m_input_tokens: 40 };
    expect(classes(anthropicUsage({ ...usage, cache_creation: hour }))).toMatchObject({
      cacheWrite5m: 40,
      cacheWrite1h: 60,
    });
    const more = { ephemeral_1h_input_tokens: 500 };
    expect(classes(anthropicUsage({ ...usage, cache_creation: more }))).toMatchObject({ cacheWrite1h: 100 });
    expect(classes(anthropicUsage({ input_tokens: 1, output_tokens: 2, cache_creation: hour }))).toMatchObject({
      cacheWrite5m: 40,
      cacheWrite1h: 60,
    });
  });

  it('adds rounds of compaction, which the totals leave out', () => {
    const iterations = [
      { type: 'compaction', input_tokens: 1_000, output_tokens: 50, cache_read_input_tokens: 7 },
      { type: 'message', input_tokens: 10, output_tokens: 5 },
    ];
    expect(classes(anthropicUsage({ input_tokens: 10, output_tokens: 5, iterations }))).toEqual({
      input: 1_010,
      output: 55,
      cacheRead: 7,
    });
  });

  it('is unknown with an impossible total', () => {
    for (const value of hostile) {
      for (const name of ['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens']) {
        expect(anthropicUsage({ input_tokens: 1, output_tokens: 1, [name]: value })).toBeNull();
      }
      const broken = { ephemeral_1h_input_tokens: value };
      const usage = { input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 9, cache_creation: broken };
      expect(classes(anthropicUsage(usage))).toMatchObject({ cacheWrite5m: 9 });
    }
    expect(anthropicUsage({})).toBeNull();
  });
});

describe('Gemini usage', () => {
  it('is unknown with an impossible total, and never below 0', () => {
    for (const value of hostile) {
      for (const name of [
        'promptTokenCount',
        'candidatesTokenCount',
        'thoughtsTokenCount',
        'toolUsePromptTokenCount',
      ]) {
        expect(geminiUsage({ promptTokenCount: 1, candidatesTokenCount: 1, [name]: value }, 0)).toBeNull();
      }
      const details = [{ modality: 'AUDIO', tokenCount: value }, value, null];
      expect(classes(geminiUsage({ promptTokenCount: 5, promptTokensDetails: details }, 0))).toEqual({ input: 5 });
    }
    const moreCached = {
      promptTokenCount: 10,
      cachedContentTokenCount: 90,
      promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 3 }],
      cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 30 }],
    };
    expect(classes(geminiUsage(moreCached, 0))).toEqual({ cacheRead: 10 });
    expect(geminiUsage({}, 0)).toBeNull();
    expect(classes(geminiUsage({}, 2))).toEqual({ images: 2 });
  });
});
