import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { ApiError, GoogleGenAI } from '@google/genai';
import { APICallError, generateText } from 'ai';
import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { failure } from './openai-suite.ts';
import { chatModel, claudeModel, type GetTarget, geminiModel, question, type Target } from './target.ts';

type Call = (target: Target, key: string, model?: string) => Promise<unknown>;

const messages = [{ role: 'user' as const, content: question }];

const callOpenai: Call = ({ openaiUrl }, apiKey, model = chatModel) =>
  new OpenAI({ baseURL: openaiUrl, apiKey, maxRetries: 0 }).chat.completions.create({ model, messages });

const callAnthropic: Call = ({ anthropicUrl }, apiKey, model = claudeModel) =>
  new Anthropic({ baseURL: anthropicUrl, apiKey, maxRetries: 0 }).messages.create({ model, messages, max_tokens: 9 });

const callGemini: Call = ({ geminiUrl }, apiKey, model = geminiModel) =>
  new GoogleGenAI({ apiKey, httpOptions: { baseUrl: geminiUrl } }).models.generateContent({
    model,
    contents: question,
  });

const callAi: Call = ({ openaiUrl }, apiKey, model = chatModel) =>
  generateText({ model: createOpenAI({ baseURL: openaiUrl, apiKey })(model), prompt: question, maxRetries: 0 });

/** A key of the right form that nobody has: every character but the fixed part is changed. */
function unknownKey(key: string): string {
  return `${key.slice(0, 10)}${'A'.repeat(key.length - 10)}`;
}

/** What Lodge refuses itself, as each SDK's users see it: class, status, code, and a request id in the message. */
export function refusalsSuite(target: GetTarget): void {
  describe('openai', () => {
    test.each([
      ['a key that is none', unknownKey, chatModel, OpenAI.AuthenticationError, /^key_(malformed|unknown)$/],
      [
        'a key of another vendor',
        (_: string) => target().keys.anthropic,
        chatModel,
        OpenAI.PermissionDeniedError,
        /^wrong_vendor$/,
      ],
      ['an unknown model', (key: string) => key, 'gpt-5.55', OpenAI.NotFoundError, /^model_not_found$/],
    ])('%s', async (_name, keyOf, model, type, code) => {
      const error = await failure(callOpenai(target(), keyOf(target().keys.openai), model));
      expect(error).toBeInstanceOf(type);
      if (!(error instanceof OpenAI.APIError)) throw error;
      expect(error.code).toMatch(code);
      expect(error.requestID).toMatch(target().requestId);
      expect(error.message).toContain(error.requestID);
      expect(error.headers?.get('x-should-retry')).toBe('false');
    });
  });

  describe('anthropic', () => {
    test.each([
      ['a key that is none', unknownKey, claudeModel, Anthropic.AuthenticationError, 'authentication_error'],
      [
        'a key of another vendor',
        (_: string) => target().keys.gemini,
        claudeModel,
        Anthropic.PermissionDeniedError,
        'permission_error',
      ],
      ['an unknown model', (key: string) => key, 'claude-sonnet-4-66', Anthropic.NotFoundError, 'not_found_error'],
    ])('%s', async (_name, keyOf, model, type, errorType) => {
      const error = await failure(callAnthropic(target(), keyOf(target().keys.anthropic), model));
      expect(error).toBeInstanceOf(type);
      if (!(error instanceof Anthropic.APIError)) throw error;
      expect(error.type).toBe(errorType);
      expect(error.requestID).toMatch(target().requestId);
      expect(error.headers?.get('x-request-id')).toBe(error.requestID);
      expect(error.message).toContain(error.requestID);
    });
  });

  describe('gemini', () => {
    test.each([
      ['a key that is none', unknownKey, geminiModel, 401],
      ['a key of another vendor', (_: string) => target().keys.openai, geminiModel, 403],
      ['an unknown model', (key: string) => key, 'gemini-2.55-flash', 404],
    ])('%s', async (_name, keyOf, model, status) => {
      const error = await failure(callGemini(target(), keyOf(target().keys.gemini), model));
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({ status, message: expect.stringMatching(/req_[0-9A-Z]{28}/) });
    });
  });

  test('ai', async () => {
    const error = await failure(callAi(target(), unknownKey(target().keys.openai)));
    if (!APICallError.isInstance(error)) throw error;
    expect([error.statusCode, error.isRetryable]).toEqual([401, false]);
    expect(error.responseHeaders?.['x-request-id']).toMatch(target().requestId);
  });
}
