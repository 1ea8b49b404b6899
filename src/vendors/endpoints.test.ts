import { describe, expect, it } from 'vitest';
import { endpoints } from './endpoint-table.ts';
import { matchEndpoint } from './endpoints.ts';
import type { Family } from './types.ts';

/** `id upstreamPath`, with `*` when only pass-through serves it; or what is wrong. */
function to(method: string, path: string, family: Family | null = null): string {
  const match = matchEndpoint(method, path, family);
  if ('notFound' in match) return 'not found';
  if ('methodNotAllowed' in match) return `allow ${match.allow.join(' ')}`;
  return `${match.endpoint.id} ${match.upstreamPath}${match.passThrough ? ' *' : ''}`;
}

describe('endpoints', () => {
  it('each have an id of their own and lead to themselves', () => {
    expect(new Set(endpoints.map((row) => row.endpoint.id)).size).toBe(endpoints.length);
    for (const { endpoint, path, passThrough } of endpoints) {
      const real = path.replace('{model}', 'some-model').replace('{id}', 'some_id');
      for (const prefix of ['', `/${endpoint.family}`]) {
        const match = matchEndpoint(endpoint.method, prefix + real, endpoint.family);
        expect(match, prefix + path).toMatchObject({
          endpoint,
          passThrough,
          upstreamPath: endpoint.family === 'openai' && !endpoint.local ? real.slice(3) : real,
        });
      }
    }
  });

  it('take the vendor where /v1 is shared from the key', () => {
    expect(to('GET', '/v1/models')).toBe('openai.models /v1/models');
    expect(to('GET', '/v1/models', 'anthropic')).toBe('anthropic.models /v1/models');
    expect(to('GET', '/v1/models', 'gemini')).toBe('gemini.models /v1/models');
    expect(to('GET', '/v1/models/claude-opus-4-8', 'anthropic')).toBe('anthropic.model /v1/models/claude-opus-4-8');
    expect(to('GET', '/v1/files', 'openai')).toBe('openai.other.get /files *');
    expect(to('POST', '/v1/files', 'anthropic')).toBe('anthropic.other.post /v1/files *');
    expect(to('DELETE', '/v1/batches/b_1', 'gemini')).toBe('gemini.other.delete /v1/batches/b_1 *');
  });

  it('name the vendor of a path that only one has, whatever the key', () => {
    expect(to('POST', '/v1/chat/completions', 'anthropic')).toBe('openai.chat /chat/completions');
    expect(to('POST', '/v1/messages', 'gemini')).toBe('anthropic.messages /v1/messages');
    expect(to('GET', '/v1/messages/batches/b', 'openai')).toBe('anthropic.batches.get /v1/messages/batches/b *');
    expect(to('POST', '/v1/models/gemini-2.5-pro:generateContent', 'openai')).toBe(
      'gemini.generate /v1/models/gemini-2.5-pro:generateContent',
    );
  });

  it('find the model in a path', () => {
    for (const [path, name, slice] of [
      ['/v1beta/models/gemini-2.5-pro:streamGenerateContent', 'gemini-2.5-pro', 'gemini-2.5-pro'],
      ['/gemini/v1beta/models/a%20b:countTokens', 'a b', 'a%20b'],
      ['/v1beta/models/ft:x:y:embedContent', 'ft:x:y', 'ft:x:y'],
    ] as const) {
      const match = matchEndpoint('POST', path, null);
      if (!('endpoint' in match) || match.pathModel === null) throw new Error(path);
      expect(match.pathModel.name).toBe(name);
      expect(match.upstreamPath.slice(match.pathModel.start, match.pathModel.end)).toBe(slice);
    }
    expect(matchEndpoint('GET', '/v1/models/meta%2Fllama', null)).toMatchObject({ pathModel: { name: 'meta/llama' } });
    expect(matchEndpoint('GET', '/v1/models/meta/llama', null)).toMatchObject({ pathModel: { name: 'meta/llama' } });
    expect(matchEndpoint('GET', '/v1/models/ft:gpt-4o:org::id', null)).toMatchObject({
      pathModel: { name: 'ft:gpt-4o:org::id' },
    });
  });

  it('know paths by all their methods', () => {
    expect(to('GET', '/v1/chat/completions')).toBe('allow POST HEAD');
    expect(to('PUT', '/v1/responses/resp_1')).toBe('allow GET DELETE HEAD');
    expect(to('POST', '/v1/models')).toBe('allow GET HEAD');
    expect(to('DELETE', '/v1/models/ft:x')).toBe('allow GET HEAD');
    expect(to('PUT', '/v1beta/models/x:generateContent')).toBe('allow POST');
    expect(to('OPTIONS', '/v1/messages')).toBe('allow POST HEAD');
  });

  it('answer locally what tools ask before they have a key', () => {
    expect(to('HEAD', '/v1/responses')).toBe('lodge.probe /v1/responses');
    expect(to('HEAD', '/openai/v1/models')).toBe('lodge.probe /v1/models');
    expect(to('HEAD', '/api/hello')).toBe('lodge.hello /api/hello');
    expect(to('HEAD', '/anthropic/api/hello')).toBe('lodge.hello /api/hello');
    for (const path of ['/', '/v1', '/v1/', '/v1beta', '/openai/v1', '/anthropic', '/gemini/', '/gemini/v1beta']) {
      expect(to('GET', path)).toMatch(/^lodge\.base /);
    }
    expect(to('GET', '/v1/usage')).toBe('lodge.usage /v1/usage');
    expect(to('GET', '/health')).toBe('lodge.health /health');
    expect(to('POST', '/health')).toBe('allow GET HEAD');
  });

  it('relay the rest only as pass-through', () => {
    expect(to('POST', '/v1/conversations')).toBe('openai.other.post /conversations *');
    expect(to('GET', '/v1/chat/completions/chatcmpl-1')).toBe('openai.other.get /chat/completions/chatcmpl-1 *');
    expect(to('POST', '/v1/interactions', 'gemini')).toBe('gemini.other.post /v1/interactions *');
    expect(to('POST', '/v1beta/models/imagen:predict')).toBe('gemini.other.post /v1beta/models/imagen:predict *');
    expect(to('POST', '/v1beta/tunedModels/x:generateContent')).toMatch(/^gemini\.other\.post .* \*$/);
  });

  it('never relay what gives the account away', () => {
    for (const path of [
      '/v1/organization/admin_api_keys',
      '/v1/organizations/users',
      '/v1/realtime/client_secrets',
      '/v1/realtime',
      '/openai/v1/projects/p',
      '/v1beta/auth_tokens',
      '/v1beta/openai/chat/completions',
      '/anthropic/v1/organizations/me',
    ]) {
      expect(to('POST', path), path).toBe('not found');
    }
    expect(to('TRACE', '/v1/files')).toBe('not found');
    expect(to('CONNECT', '/v1/files')).toBe('not found');
  });

  it('lead nowhere with a path that somebody could read otherwise', () => {
    for (const path of [
      '',
      'v1/models',
      '*',
      '//v1/models',
      '/v1//models',
      '/v1/models/',
      '/v1/./models',
      '/v1/../v1/models',
      '/v1/files/../organization',
      '/v1/files/%2e%2e/organization',
      '/v1/files/%2E%2E%2Forganization',
      '/v1/files/..%2forganization',
      '/v1/files/a%2fb',
      '/v1/files/a%5cb',
      '/v1/files/a\\b',
      '/v1/files/%00',
      '/v1/files/%0d%0a',
      '/v1/files/%252e%252e',
      '/v1/files/%zz',
      '/v1/files/%',
      '/v1/files/%2',
      '/v1/files/..;/organization',
      '/v1/files/a b',
      '/v1/files/ü',
      '/v1beta/models/a%2fb:generateContent',
      '/v1beta/models/..%2f..%2fx:generateContent',
      '/v1beta/models/a%2f..%2f..%2fx:predict',
      '/gemini/v1/models/a%2F..%2F..%2Fx:predict',
      '/v1beta/models/:generateContent',
      '/v1beta/models/a/b:generateContent',
      `/v1/files/${'x'.repeat(3_000)}`,
      '/openai',
      '/openai/v1beta/models',
      '/anthropic/v1beta/models/x:generateContent',
      '/openaiv1/models',
      '/v2/models',
      '/chat/completions',
      '/v1/v1/../chat',
    ]) {
      for (const method of ['GET', 'POST']) {
        const result = to(method, path, 'openai');
        if (
          result !== 'not found' &&
          !result.startsWith('allow') &&
          !/^(lodge\.base|gemini\.model|openai\.model) /.test(result)
        ) {
          throw new Error(`${method} ${path} → ${result}`);
        }
      }
    }
  });
});
