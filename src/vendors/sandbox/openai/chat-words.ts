import type { Answer } from '../answer.ts';
import type { TokenClasses } from '../counts.ts';
import type { Json } from '../json.ts';

/** The `usage` of chat and of the old completions. */
export function chatUsage(tokens: TokenClasses): Json {
  const prompt = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.audioInput;
  const completion = tokens.output + tokens.audioOutput;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: {
      cached_tokens: tokens.cacheRead,
      cache_write_tokens: tokens.cacheWrite5m,
      audio_tokens: tokens.audioInput,
    },
    completion_tokens_details: {
      reasoning_tokens: tokens.reasoning,
      audio_tokens: tokens.audioOutput,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

export function finishReason(answer: Answer): string {
  return answer.finish === 'length' ? 'length' : answer.finish === 'tools' ? 'tool_calls' : 'stop';
}
