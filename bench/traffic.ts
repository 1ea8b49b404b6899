/** The calls that are measured and the answers to them: what the load sends, and what the upstream gives back. */

export const model = 'gpt-5.5';
/** Between two events of one stream. */
export const eventEveryMs = 20;
/** `max_tokens` of a stream that falls silent behind its first event. */
export const silentTokens = 1;

const word = 'the porter at the gate knows every guest by name ';
/** A body of about 1 kB around it. */
const smallPromptBytes = 880;

/** Where the upstream listens, always on the same port. Several, because a gateway bounds its connections to each. */
export const upstreamHosts = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.6'] as const;

interface ChatCall {
  readonly promptBytes?: number;
  /** Events that the upstream is asked for; absent: no stream. */
  readonly events?: number;
}

/** The part that the upstream reads stands in front, so that it need not look through a megabyte. */
export function chatBody({ promptBytes = smallPromptBytes, events }: ChatCall): string {
  const content = word.repeat(Math.ceil(promptBytes / word.length)).slice(0, promptBytes);
  const messages = [{ role: 'user', content }];
  if (events === undefined) return JSON.stringify({ model, max_tokens: 200, messages });
  const stream = { stream: true, stream_options: { include_usage: true } };
  return JSON.stringify({ model, ...stream, max_tokens: events, messages });
}

/** A whole request as it goes over the wire. */
export function requestText(path: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'user-agent': 'OpenAI/JS 6.0.0',
    accept: 'application/json',
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
  });
  return `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

const usage = {
  prompt_tokens: 212,
  completion_tokens: 150,
  total_tokens: 362,
  prompt_tokens_details: { cached_tokens: 128, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
};
const identity = { id: 'chatcmpl-9f8e7d6c5b4a39281706f5e4', created: 1_790_000_000, model: `${model}-2026-04-23` };

/** A chat completion of about 1 kB. */
export function chatAnswer(): string {
  const message = { role: 'assistant', content: word.repeat(11), refusal: null, annotations: [] };
  return JSON.stringify({
    ...identity,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage,
    service_tier: 'default',
    system_fingerprint: 'fp_000000',
  });
}

/** An event of a chat stream. The fingerprint carries its number, by which the load knows the order. */
export function deltaEvent(number: number): string {
  return chunkEvent({
    system_fingerprint: `fp_${String(number).padStart(6, '0')}`,
    choices: [{ index: 0, delta: { content: ' porter' }, logprobs: null, finish_reason: null }],
    usage: null,
    obfuscation: 'x9dk2kd9s',
  });
}

/** How every stream ends. */
export const lastEvents: readonly string[] = [
  chunkEvent({ choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }], usage: null }),
  chunkEvent({ choices: [], usage }),
  'data: [DONE]\n\n',
];

function chunkEvent(rest: object): string {
  return `data: ${JSON.stringify({ ...identity, object: 'chat.completion.chunk', service_tier: 'default', ...rest })}\n\n`;
}
