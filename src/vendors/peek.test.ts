import { describe, expect, it } from 'vitest';
import { applyEdits, chatUsageEdit, modelEdits, topLevelMember } from './body-edits.ts';
import { matchEndpoint } from './endpoints.ts';
import { type Peek, peekBody } from './peek.ts';
import type { Endpoint } from './types.ts';

function endpointOf(path: string): Endpoint {
  const match = matchEndpoint('POST', path, null);
  if (!('endpoint' in match)) throw new Error(`no endpoint ${path}`);
  return match.endpoint;
}

const chat = endpointOf('/v1/chat/completions');
const messages = endpointOf('/v1/messages');
const responses = endpointOf('/v1/responses');
const embed = endpointOf('/v1beta/models/gemini-embedding-001:batchEmbedContents');
const generate = endpointOf('/v1beta/models/gemini-2.5-pro:generateContent');

function peek(endpoint: Endpoint, body: string | Buffer): Peek {
  const seen = peekBody(endpoint, Buffer.from(body));
  if ('problem' in seen) throw new Error(seen.problem);
  return seen;
}

function problem(endpoint: Endpoint, body: string | Buffer): string | null {
  const seen = peekBody(endpoint, Buffer.from(body));
  return 'problem' in seen ? seen.problem : null;
}

describe('peek', () => {
  it('reads what the gateway needs of each wire', () => {
    expect(
      peek(
        chat,
        '{"model":"gpt-5.4","messages":[{"role":"user","content":"{\\"model\\":\\"x\\"}"}],"stream":true,"max_completion_tokens":500,"max_tokens":100,"n":3,"service_tier":"flex","user":"u-1","tools":[{"function":{"parameters":{"model":"y","stream":false}}}]}',
      ),
    ).toMatchObject({
      model: 'gpt-5.4',
      stream: true,
      maxOutputTokens: 500,
      choices: 3,
      serviceTier: 'flex',
      conversation: 'u-1',
      streamOptions: null,
    });
    expect(
      peek(
        responses,
        '{"background":true,"previous_response_id":"resp_1","prompt_cache_key":"k","user":"u","model":"m","max_output_tokens":9,"input":"hi"}',
      ),
    ).toMatchObject({ background: true, previousResponseId: 'resp_1', conversation: 'k', maxOutputTokens: 9 });
    expect(
      peek(
        messages,
        '{"metadata":{"user_id":"{\\"session_id\\":\\"s\\"}"},"model":"c","max_tokens":32000,"stream":true}',
      ),
    ).toMatchObject({ conversation: '{"session_id":"s"}', maxOutputTokens: 32_000, stream: true });
    expect(
      peek(
        generate,
        '{"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"maxOutputTokens":77,"candidateCount":2}}',
      ),
    ).toMatchObject({ model: null, modelPlaces: [], maxOutputTokens: 77, choices: 2 });
  });

  it('reads an escaped key and an escaped name as the vendor does', () => {
    expect(peek(chat, '{"mod\\u0065l":"gpt\\u002d5"}').model).toBe('gpt-5');
  });

  it('names the problem', () => {
    for (const body of [
      '',
      ' ',
      '[]',
      '"x"',
      '{"model":"a"',
      '{"model":"a"}}',
      '\ufeff{"model":"a"}',
      '{"model":"a",}',
    ]) {
      expect(problem(chat, body), body).toBe('invalid_json');
    }
    for (const body of [
      '{}',
      '{"Model":"a"}',
      '{"model":null}',
      '{"model":5}',
      '{"model":""}',
      '{"x":{"model":"a"}}',
    ]) {
      expect(problem(chat, body), body).toBe('model_missing');
    }
    expect(problem(chat, `{"model":"${'m'.repeat(300)}"}`)).toBe('model_missing');
    expect(problem(chat, `{"model":"${'m'.repeat(300_000)}"}`)).toBe('model_missing');
    expect(problem(chat, '{"model":"a","model":"b"}')).toBe('model_ambiguous');
    expect(problem(chat, '{"model":"a","mod\\u0065l":"b"}')).toBe('model_ambiguous');
    expect(problem(chat, '{"model":"a","model":"\\u0061"}')).toBeNull();
    expect(problem(embed, '{"requests":[{"model":"models/a"},{"model":"models/b"}]}')).toBe('model_ambiguous');
  });

  it('takes impossible numbers for none', () => {
    for (const value of ['-1', '1.5', '"5"', 'null', '1e999', '[5]', '99999999999999999999']) {
      expect(peek(chat, `{"model":"a","max_tokens":${value},"n":${value}}`)).toMatchObject({
        maxOutputTokens: null,
        choices: 1,
      });
    }
  });

  it('lets moderations go without a model, to the default of the vendor', () => {
    expect(peek(endpointOf('/v1/moderations'), '{"input":"x"}')).toMatchObject({
      model: 'omni-moderation-latest',
      modelPlaces: [],
    });
  });

  it('does not read what a long body says as a problem', () => {
    const body = Buffer.from(`{"messages":["${'\\"model\\":\\"x\\"'.repeat(20_000)}"],"model":"a"}`);
    expect(peek(chat, body).model).toBe('a');
  });
});

describe('edits', () => {
  const strange =
    '{ "model" : "alias" ,"seed":12345678901234567890,"x":1e-7,"y":0.10,"\\u0061":"\\/\\u00fc","dup":1,"dup":2,"nested":{"model":"alias"},\r\n"model":"al\\u0069as","t":[[[[]]]]}';

  it('change the model and leave all other bytes as they were', () => {
    const body = Buffer.from(strange);
    const seen = peek(chat, body);
    const edited = applyEdits(body, modelEdits(chat, body, seen, 'gpt-5.4 "quoted"')).toString();
    expect(edited).toBe(
      strange
        .replace('"model" : "alias"', '"model" : "gpt-5.4 \\"quoted\\""')
        .replace('"al\\u0069as"', '"gpt-5.4 \\"quoted\\""'),
    );
    expect(modelEdits(chat, body, seen, 'alias')).toEqual([]);
    expect(applyEdits(body, [])).toBe(body);
  });

  it('keep `models/` where Gemini bodies have it', () => {
    const body = Buffer.from('{"requests":[{"model":"models/a","content":{}},{"model":"a"}],"model":"models\\/a"}');
    const edited = applyEdits(body, modelEdits(embed, body, peek(embed, body), 'b'));
    expect(edited.toString()).toBe('{"requests":[{"model":"models/b","content":{}},{"model":"b"}],"model":"models/b"}');
  });

  it('ask for usage in every form of stream_options', () => {
    const cases: readonly (readonly [string, string | null, boolean])[] = [
      ['{"model":"a","stream":true}', '{"stream_options":{"include_usage":true},"model":"a","stream":true}', true],
      [' { "model":"a","stream":true}', ' {"stream_options":{"include_usage":true}, "model":"a","stream":true}', true],
      [
        '{"model":"a","stream":true,"stream_options":null}',
        '{"model":"a","stream":true,"stream_options":{"include_usage":true}}',
        true,
      ],
      [
        '{"model":"a","stream":true,"stream_options":{ }}',
        '{"model":"a","stream":true,"stream_options":{"include_usage":true }}',
        true,
      ],
      [
        '{"model":"a","stream":true,"stream_options":{"include_obfuscation":false}}',
        '{"model":"a","stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false}}',
        true,
      ],
      [
        '{"model":"a","stream":true,"stream_options":{"include_usage": false,"x":1}}',
        '{"model":"a","stream":true,"stream_options":{"include_usage": true,"x":1}}',
        true,
      ],
      ['{"model":"a","stream":true,"stream_options":{"include_usage":true}}', null, false],
      ['{"model":"a","stream":true,"stream_options":{"include_usage":"no"}}', null, false],
      ['{"model":"a","stream":true,"stream_options":[]}', null, false],
      ['{"model":"a","stream":false}', null, false],
      ['{"model":"a"}', null, false],
    ];
    for (const [body, wanted, hideUsage] of cases) {
      const request = chatUsageEdit(peek(chat, body));
      expect(request.hideUsage, body).toBe(hideUsage);
      expect(request.edit === null ? null : applyEdits(Buffer.from(body), [request.edit]).toString()).toBe(wanted);
      if (wanted !== null) expect(JSON.parse(wanted).stream_options.include_usage).toBe(true);
    }
  });

  it('work together', () => {
    const body = Buffer.from('{"model":"alias","stream":true,"stream_options":{}}');
    const seen = peek(chat, body);
    const usage = chatUsageEdit(seen).edit;
    const edited = applyEdits(body, [...(usage ? [usage] : []), ...modelEdits(chat, body, seen, 'm')]);
    expect(edited.toString()).toBe('{"model":"m","stream":true,"stream_options":{"include_usage":true}}');
  });

  it('find a top-level member', () => {
    const body = Buffer.from('{"a":{"request_id":1},"request_id": "x" }');
    expect(topLevelMember(body, 'request_id')).toEqual({ start: 36, end: 39 });
    expect(topLevelMember(body, 'b')).toBeNull();
    expect(topLevelMember(Buffer.from('{"b":1'), 'b')).toBeNull();
  });
});
