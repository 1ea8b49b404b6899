import { describe, expect, it } from 'vitest';
import { matchEndpoint } from './endpoints.ts';
import { errorEnvelope, errorEvent, type PublicError } from './envelope.ts';
import { observer } from './observer.ts';

const limited: PublicError = {
  status: 429,
  code: 'rate_limited',
  message: 'The key has used its 60 requests per minute.',
  requestId: 'req_01ARZ3NDEKTSV4RRFFQ69G5FAV00',
  retryAfterSeconds: 3,
  docsUrl: 'https://lodge.example/docs/errors#rate_limited',
  actor: 'you',
  charged: false,
  action: 'Wait for 3 seconds.',
  param: null,
};

const message =
  'The key has used its 60 requests per minute. Wait for 3 seconds. (request id: req_01ARZ3NDEKTSV4RRFFQ69G5FAV00)';

describe('error envelopes', () => {
  it('are what OpenAI’s SDKs read', () => {
    expect(JSON.parse(errorEnvelope('openai', limited))).toEqual({
      error: {
        message,
        type: 'rate_limit_error',
        param: null,
        code: 'rate_limited',
        actor: 'you',
        charged: false,
        action: 'Wait for 3 seconds.',
        docs_url: limited.docsUrl,
        request_id: limited.requestId,
      },
      request_id: limited.requestId,
    });
  });

  it('are what Anthropic’s SDKs read', () => {
    expect(JSON.parse(errorEnvelope('anthropic', limited))).toMatchObject({
      type: 'error',
      error: { type: 'rate_limit_error', message, code: 'rate_limited' },
      request_id: limited.requestId,
    });
  });

  it('are what Google’s SDKs read, with RetryInfo where waiting helps', () => {
    const error = JSON.parse(errorEnvelope('gemini', limited)).error;
    expect(error).toMatchObject({ code: 429, message, status: 'RESOURCE_EXHAUSTED' });
    expect(error.details.map((detail: { '@type': string }) => detail['@type'].split('.').at(-1))).toEqual([
      'ErrorInfo',
      'RequestInfo',
      'Help',
      'RetryInfo',
    ]);
    expect(error.details[0]).toMatchObject({ reason: 'RATE_LIMITED', metadata: { code: 'rate_limited' } });
    expect(error.details[3].retryDelay).toBe('3s');
    expect(errorEnvelope('gemini', { ...limited, retryAfterSeconds: null })).not.toContain('RetryInfo');
  });

  it('have the type that goes with the status', () => {
    const types = (status: number, actor: PublicError['actor'] = 'you') =>
      (['openai', 'anthropic', 'gemini'] as const).map((family) => {
        const { error } = JSON.parse(errorEnvelope(family, { ...limited, status, actor }));
        return family === 'gemini' ? error.status : error.type;
      });
    expect(types(400)).toEqual(['invalid_request_error', 'invalid_request_error', 'INVALID_ARGUMENT']);
    expect(types(401)).toEqual(['authentication_error', 'authentication_error', 'UNAUTHENTICATED']);
    expect(types(402)).toEqual(['insufficient_quota', 'billing_error', 'FAILED_PRECONDITION']);
    expect(types(403)).toEqual(['permission_error', 'permission_error', 'PERMISSION_DENIED']);
    expect(types(404)).toEqual(['invalid_request_error', 'not_found_error', 'NOT_FOUND']);
    expect(types(413)).toEqual(['invalid_request_error', 'request_too_large', 'INVALID_ARGUMENT']);
    expect(types(500, 'us')).toEqual(['api_error', 'api_error', 'INTERNAL']);
    expect(types(502, 'vendor')).toEqual(['upstream_error', 'api_error', 'UNAVAILABLE']);
    expect(types(503, 'us')).toEqual(['api_error', 'overloaded_error', 'UNAVAILABLE']);
    expect(types(504, 'vendor')).toEqual(['upstream_error', 'timeout_error', 'DEADLINE_EXCEEDED']);
  });
});

describe('error events', () => {
  it('are read as errors on each wire that has one', () => {
    for (const [path, wire] of [
      ['/v1/chat/completions', 'openai.chat'],
      ['/v1/completions', 'openai.completions'],
      ['/v1/responses', 'openai.responses'],
      ['/v1/messages', 'anthropic.messages'],
    ] as const) {
      const match = matchEndpoint('POST', path, null);
      if (!('endpoint' in match)) throw new Error(path);
      const reader = observer(match.endpoint, { contentType: 'text/event-stream', hideUsage: false });
      // What the vendor left unfinished must not swallow the event.
      reader.push(Buffer.from('data: {"id":"x","choices":[{"index":0,"del'));
      const event = errorEvent(wire, limited);
      reader.push(Buffer.from(event ?? ''));
      expect(reader.facts().error, wire).toBe(wire === 'anthropic.messages' ? 'rate_limit_error' : 'rate_limited');
      expect(event).not.toContain('[DONE]');
    }
  });

  it('end a Responses stream for Codex as well as for the SDK', () => {
    const event = errorEvent('openai.responses', limited) ?? '';
    const [failed, error] = [...event.matchAll(/data: (.*)\n/g)].map(([, data]) => JSON.parse(data ?? ''));
    expect(failed).toMatchObject({
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'rate_limited', message } },
    });
    expect(error).toMatchObject({ type: 'error', code: 'rate_limited', message });
  });

  it('do not exist on Gemini', () => {
    for (const wire of ['gemini.generate', 'gemini.embed', 'gemini.other', 'openai.other', 'lodge'] as const) {
      expect(errorEvent(wire, limited)).toBeNull();
    }
  });
});
