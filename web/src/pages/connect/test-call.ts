import type { Family } from './tools.ts';

/** A call of the gateway, from the browser. */
export interface TestCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Enough for a word, and the least that OpenAI's Responses take. */
const maxTokens = 16;
const question = 'Answer with the single word OK.';

const modelPaths: Readonly<Record<Family, string>> = {
  openai: '/v1/models',
  anthropic: '/v1/models?limit=1000',
  gemini: '/v1beta/models?pageSize=1000',
};

function keyHeaders(family: Family, secret: string): Readonly<Record<string, string>> {
  if (family === 'openai') return { authorization: `Bearer ${secret}` };
  if (family === 'anthropic') return { 'x-api-key': secret, 'anthropic-version': '2023-06-01' };
  return { 'x-goog-api-key': secret };
}

/** Asks what the key can use: free, and it tells whether address and key are right. */
export function modelsCall(family: Family, secret: string): TestCall {
  const path = modelPaths[family];
  return { method: 'GET', path, headers: keyHeaders(family, secret) };
}

/** The smallest question on the key's own wire. */
export function smallCall(vendor: TestedVendor, secret: string, model: string): TestCall {
  const { path, body } = small(vendor, model);
  const headers = { ...keyHeaders(vendor.family, secret), 'content-type': 'application/json' };
  return { method: 'POST', path, headers, body: JSON.stringify(body) };
}

export interface TestedVendor {
  readonly id: string;
  readonly family: Family;
}

function small({ id, family }: TestedVendor, model: string): { readonly path: string; readonly body: object } {
  const messages = [{ role: 'user', content: question }];
  if (family === 'anthropic') return { path: '/v1/messages', body: { model, max_tokens: maxTokens, messages } };
  if (family === 'gemini') {
    const contents = [{ role: 'user', parts: [{ text: question }] }];
    const path = `/v1beta/models/${encodeURIComponent(model)}:generateContent`;
    return { path, body: { contents, generationConfig: { maxOutputTokens: maxTokens } } };
  }
  // Others that speak OpenAI's protocol know its older form only; some models of OpenAI know only the newer one.
  if (id !== 'openai') return { path: '/v1/chat/completions', body: { model, max_tokens: maxTokens, messages } };
  return { path: '/v1/responses', body: { model, input: question, max_output_tokens: maxTokens, store: false } };
}

/** Identifiers in the answer to `modelsCall`; null when it is none. */
export function readModels(family: Family, answer: unknown): readonly string[] | null {
  const list = member(answer, family === 'gemini' ? 'models' : 'data');
  if (!Array.isArray(list)) return null;
  return list.flatMap((each) => {
    const name = member(each, family === 'gemini' ? 'name' : 'id');
    return typeof name === 'string' ? [name.replace(/^models\//, '')] : [];
  });
}

/** What a refusal of the gateway says, in any vendor's envelope. */
export interface Refusal {
  /** The stable code of the gateway; null where a vendor or a proxy answered. */
  readonly code: string | null;
  readonly message: string;
}

export function readRefusal(answer: unknown): Refusal | null {
  const error = member(answer, 'error');
  const message = member(error, 'message');
  if (typeof message !== 'string') return null;
  return { code: codeIn(error) ?? codeIn(answer), message };
}

/** Each envelope keeps the code elsewhere: as `code`, as the type, or among Google's details. */
function codeIn(value: unknown): string | null {
  const code = member(value, 'code');
  if (typeof code === 'string') return code;
  const details = member(value, 'details');
  if (!Array.isArray(details)) return null;
  for (const detail of details) {
    const inner = member(member(detail, 'metadata'), 'code');
    if (typeof inner === 'string') return inner;
  }
  return null;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
