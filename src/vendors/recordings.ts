import { readFileSync } from 'node:fs';
import type { ObservedFacts, Usage } from './types.ts';

/** For tests: an answer as a vendor writes it, and what must be read off it. */
export interface Recording {
  readonly file: string;
  readonly path: string;
  readonly facts: ObservedFacts;
}

export function recordingBytes(recording: Recording): Buffer {
  return readFileSync(new URL(`./recordings/${recording.file}`, import.meta.url));
}

function usage(some: Partial<Usage>): Usage {
  const none = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, audioInput: 0, imageInput: 0 };
  return { ...none, output: 0, reasoning: 0, audioOutput: 0, imageOutput: 0, images: 0, ...some };
}

function recording(file: string, path: string, some: Partial<ObservedFacts>): Recording {
  const usual = { usage: null, responseId: null, model: null, complete: true, error: null, outputBytes: 0 };
  return { file, path, facts: { ...usual, ...some } };
}

const chat = '/v1/chat/completions';
const responses = '/v1/responses';
const messages = '/v1/messages';
const stream = '/v1beta/models/gemini-3.1-pro-preview:streamGenerateContent';
const generate = '/v1beta/models/gemini-3.1-pro-preview:generateContent';

const gpt = { responseId: 'chatcmpl-Cq7pX2mVh3bKd9', model: 'gpt-5.4-2026-03-05' };
const resp = { responseId: 'resp_68f0c2', model: 'gpt-5.5-2026-04-23' };
// 5,000 of which 4,096 from the cache.
const respUsage = usage({ input: 904, cacheRead: 4_096, output: 300, reasoning: 192 });
const opus = { model: 'claude-opus-4-8' };
const gemini = { responseId: 'rEsP1', model: 'gemini-3.1-pro-preview' };
// 1,500 + 10 for tools; 1,000 cached, 100 of them audio; 400 audio in all; 25 + 41 thoughts.
const geminiLast = usage({ input: 210, cacheRead: 1_000, audioInput: 300, output: 66, reasoning: 41 });

export const recordings: readonly Recording[] = [
  recording('chat-tools.sse', chat, {
    ...gpt,
    usage: usage({ input: 176, cacheRead: 1_024, output: 85, reasoning: 64 }),
    outputBytes: 93,
  }),
  recording('chat-spaced-no-done.sse', chat, {
    responseId: 'a1',
    model: 'deepseek-v4',
    usage: usage({ input: 4, cacheRead: 16, output: 9 }),
    outputBytes: 16,
  }),
  recording('chat-error.sse', chat, { ...gpt, complete: false, error: 'server_error', outputBytes: 3 }),
  recording('chat-cut.sse', chat, { ...gpt, complete: false, outputBytes: 3 }),
  recording('chat-sync.json', chat, {
    responseId: 'chatcmpl-S1',
    model: gpt.model,
    usage: usage({
      input: 50,
      cacheRead: 1_000,
      audioInput: 100,
      imageInput: 50,
      output: 55,
      reasoning: 10,
      audioOutput: 30,
    }),
    outputBytes: 30,
  }),
  recording('chat-sync-error.json', chat, { error: 'rate_limit_exceeded' }),
  recording('completions.sse', '/v1/completions', {
    responseId: 'cmpl-1',
    model: 'gpt-3.5-turbo-instruct',
    usage: usage({ input: 5, output: 2 }),
    outputBytes: 7,
  }),
  recording('responses-tools.sse', responses, { ...resp, usage: respUsage, outputBytes: 25 }),
  recording('responses-failed.sse', responses, { ...resp, error: 'server_error' }),
  recording('responses-incomplete.sse', responses, {
    ...resp,
    usage: usage({ input: 904, cacheRead: 4_096, output: 16 }),
    outputBytes: 3,
  }),
  recording('responses-error.sse', responses, { ...resp, complete: false, error: 'rate_limit_exceeded' }),
  recording('responses-sync.json', responses, { ...resp, usage: respUsage, outputBytes: 74 }),
  recording('messages-tools.sse', messages, {
    ...opus,
    responseId: 'msg_01XFD',
    usage: usage({
      input: 12,
      cacheRead: 20_000,
      cacheWrite5m: 1_000,
      cacheWrite1h: 2_000,
      output: 511,
      reasoning: 300,
    }),
    outputBytes: 52,
  }),
  recording('messages-server-tools.sse', messages, {
    responseId: 'msg_02',
    model: 'claude-haiku-4-5-20251001',
    usage: usage({ input: 900, cacheRead: 50, output: 40 }),
    outputBytes: 2,
  }),
  recording('messages-error.sse', messages, {
    ...opus,
    responseId: 'msg_03',
    usage: usage({ input: 5, output: 1 }),
    complete: false,
    error: 'overloaded_error',
  }),
  recording('messages-cut.sse', messages, {
    ...opus,
    responseId: 'msg_04',
    usage: usage({ input: 5, output: 1 }),
    complete: false,
    outputBytes: 4,
  }),
  recording('messages-sync.json', messages, {
    ...opus,
    responseId: 'msg_05',
    usage: usage({ input: 12, cacheRead: 20_000, cacheWrite5m: 1_000, cacheWrite1h: 2_000, output: 77 }),
    // `hm`, `Hello`, and the arguments as they stand.
    outputBytes: 2 + 5 + 28,
  }),
  recording('messages-sync-error.json', messages, { error: 'invalid_request_error' }),
  recording('gemini.sse', stream, { ...gemini, usage: geminiLast, outputBytes: 119 }),
  recording('gemini-array.json', stream, { ...gemini, usage: geminiLast, outputBytes: 329 }),
  recording('gemini-cut.sse', stream, {
    ...gemini,
    usage: usage({ input: 200, cacheRead: 1_000, audioInput: 300, output: 45, reasoning: 40 }),
    complete: false,
    outputBytes: 20,
  }),
  recording('gemini-blocked.sse', stream, {
    responseId: 'b1',
    model: 'gemini-3-flash-preview',
    usage: usage({ input: 30 }),
  }),
  recording('gemini-array-error.json', stream, {
    ...gemini,
    usage: usage({ input: 200, cacheRead: 1_000, audioInput: 300, output: 1 }),
    error: 'UNAVAILABLE',
    outputBytes: 3,
  }),
  recording('gemini-image.json', generate, {
    ...gemini,
    usage: usage({ input: 12, imageInput: 258, output: 10, imageOutput: 1_290, images: 1 }),
    outputBytes: 4,
  }),
  recording('gemini-sync-error.json', generate, { error: 'RESOURCE_EXHAUSTED' }),
  recording('gemini-embed.json', '/v1beta/models/gemini-embedding-001:embedContent', { usage: usage({ input: 8 }) }),
  recording('embeddings.json', '/v1/embeddings', { model: 'text-embedding-3-small', usage: usage({ input: 8 }) }),
  recording('images.json', '/v1/images/generations', {
    usage: usage({ input: 27, imageInput: 323, imageOutput: 8_320, images: 2 }),
  }),
  recording('images-by-piece.json', '/v1/images/generations', { usage: usage({ images: 2 }) }),
  recording('images.sse', '/v1/images/generations', {
    usage: usage({ input: 10, imageInput: 40, imageOutput: 50, images: 1 }),
  }),
  recording('transcription.json', '/v1/audio/transcriptions', {
    usage: usage({ input: 4, audioInput: 136, output: 20 }),
  }),
  recording('transcription-by-duration.json', '/v1/audio/transcriptions', {}),
  recording('transcription.sse', '/v1/audio/transcriptions', {
    usage: usage({ audioInput: 14, output: 5 }),
    outputBytes: 11,
  }),
  recording('speech.sse', '/v1/audio/speech', { usage: usage({ input: 14, audioOutput: 101 }) }),
  recording('moderations.json', '/v1/moderations', { responseId: 'modr-1', model: 'omni-moderation-latest' }),
];
