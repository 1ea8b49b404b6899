import { answerTo } from '../answer.ts';
import type { Call } from '../call.ts';
import { noTokens, type TokenClasses } from '../counts.ts';
import type { Json } from '../json.ts';
import { tinyWav, tinyWavBase64 } from '../media.ts';
import { Refusal } from '../problem.ts';
import type { StreamEvent } from '../stream.ts';
import { countTokens } from '../tokens.ts';
import type { CallBody } from '../vendor.ts';
import { streamProblem } from './problems.ts';
import { modelOf } from './prompt.ts';

/** Audio is counted by its bytes: a token per started kilobyte, a second per started 16 kB. */
const bytesPerToken = 1000;
const bytesPerSecond = 16_000;

/** `POST /audio/speech`: a real WAV whatever format is asked. The binary answer has no place for usage; SSE has. */
export function speech(call: Call, body: Json): void {
  modelOf(call, body['model']);
  const input = body['input'];
  if (typeof input !== 'string' || input === '')
    throw new Refusal('missing', "Missing required parameter: 'input'.", 'input');
  const audioOutput = Math.ceil(tinyWav.length / bytesPerToken);
  const usage = call.produce({ ...noTokens, input: countTokens(input), audioOutput });
  if (body['stream_format'] !== 'sse') {
    call.bytes(200, 'audio/wav', tinyWav, null);
    return;
  }
  call.stream({
    contentType: 'text/event-stream; charset=utf-8',
    events: speechEvents(usage),
    problemText: streamProblem,
    lines: true,
  });
}

function* speechEvents(usage: TokenClasses | null): Generator<StreamEvent> {
  yield { text: `data: ${JSON.stringify({ type: 'speech.audio.delta', audio: tinyWavBase64 })}\n\n`, output: 0 };
  const shown = usage === null ? {} : { usage: speechUsage(usage) };
  yield { text: `data: ${JSON.stringify({ type: 'speech.audio.done', ...shown })}\n\n`, output: 0, reported: usage };
}

function speechUsage(usage: TokenClasses): Json {
  const total = usage.input + usage.audioOutput;
  return { input_tokens: usage.input, output_tokens: usage.audioOutput, total_tokens: total };
}

/** `POST /audio/transcriptions` and `/audio/translations`. */
export function transcribe(call: Call, { form }: CallBody): void {
  const model = modelOf(call, form.fields.get('model'));
  const file = form.files.find((one) => one.name === 'file');
  if (file === undefined) throw new Refusal('missing', "Missing required parameter: 'file'.", 'file');
  const prompt = form.fields.get('prompt') ?? '';
  const answer = answerTo({
    prompt: `${prompt}${file.bytes}`,
    tools: [],
    toolChoice: 'none',
    afterTool: false,
    schema: null,
    maxTokens: null,
    reasoningTokens: 0,
    stops: [],
    faults: call.faults,
  });
  const audioInput = Math.ceil(file.bytes / bytesPerToken);
  const usage = call.produce({ ...noTokens, input: countTokens(prompt), audioInput, output: answer.outputTokens });
  const text = answer.text.join('');
  const format = form.fields.get('response_format') ?? 'json';
  if (form.fields.get('stream') === 'true') {
    call.stream({
      contentType: 'text/event-stream; charset=utf-8',
      events: transcriptEvents(answer.text, usage),
      problemText: streamProblem,
      lines: true,
    });
    return;
  }
  if (format === 'text' || format === 'srt' || format === 'vtt') {
    call.bytes(200, 'text/plain; charset=utf-8', format === 'text' ? `${text}\n` : subtitles(format, text), null);
    return;
  }
  // Models that are paid by the minute tell seconds, not tokens.
  const seconds = Math.ceil(file.bytes / bytesPerSecond);
  const timed = { usage: { type: 'duration', seconds } };
  const verbose =
    format === 'verbose_json' ? { task: 'transcribe', language: 'english', duration: seconds, segments: [] } : {};
  if (model.startsWith('whisper')) call.json({ text, ...verbose, ...timed });
  else call.json({ text, ...verbose, ...(usage === null ? {} : { usage: transcriptUsage(usage) }) }, usage);
}

function* transcriptEvents(pieces: readonly string[], usage: TokenClasses | null): Generator<StreamEvent> {
  for (const delta of pieces)
    yield { text: `data: ${JSON.stringify({ type: 'transcript.text.delta', delta })}\n\n`, output: 1 };
  const shown = usage === null ? {} : { usage: transcriptUsage(usage) };
  const done = { type: 'transcript.text.done', text: pieces.join(''), ...shown };
  yield { text: `data: ${JSON.stringify(done)}\n\n`, output: 0, reported: usage };
}

function transcriptUsage(usage: TokenClasses): Json {
  const input = usage.input + usage.audioInput;
  return {
    type: 'tokens',
    input_tokens: input,
    input_token_details: { text_tokens: usage.input, audio_tokens: usage.audioInput },
    output_tokens: usage.output,
    total_tokens: input + usage.output,
  };
}

function subtitles(format: string, text: string): string {
  const comma = format === 'srt' ? ',' : '.';
  const cue = `00:00:00${comma}000 --> 00:00:02${comma}000\n${text}\n`;
  return format === 'srt' ? `1\n${cue}` : `WEBVTT\n\n${cue}`;
}
