import { createHash } from 'node:crypto';
import type { Facts, Program, Vendor } from './program.ts';

/** Calls as any client would make them: whole ones, streams, and what is left of both. */

export const models = {
  openai: 'gpt-5.5',
  anthropic: 'claude-sonnet-4-6',
  gemini: 'gemini-3.5-flash',
} as const satisfies Record<Vendor, string>;

export interface Call {
  readonly key?: string;
  readonly model?: string;
  readonly text?: string;
  readonly stream?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly id: string;
  readonly text: string;
  /** Null when the text is no JSON. */
  readonly body: Facts;
}

/** The head of an answer; its body is still to be read. */
export function begin(site: Program, vendor: Vendor, call: Call = {}): Promise<Response> {
  const { path, body } = requestOf(vendor, call);
  return fetch(site.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${call.key ?? site.keys[vendor]}`,
      'content-type': 'application/json',
      ...call.headers,
    },
    body: JSON.stringify(body),
    ...(call.signal && { signal: call.signal }),
  });
}

export async function call(site: Program, vendor: Vendor, options: Call = {}): Promise<Reply> {
  return reply(await begin(site, vendor, options));
}

export async function get(site: Program, path: string, key: string): Promise<Reply> {
  return reply(await fetch(site.url + path, { headers: { authorization: `Bearer ${key}` } }));
}

export async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    id: response.headers.get('x-request-id') ?? '',
    text,
    body: parse(text),
  };
}

/** The stable code of a refusal, whatever its envelope. */
export function codeOf({ body }: Reply): string {
  const error = (body['error'] ?? {}) as Facts;
  const reason = (error['details'] as Facts[] | undefined)?.find((detail) => 'reason' in detail)?.['reason'];
  if (typeof reason === 'string') return reason.toLowerCase();
  return String(error['code'] ?? error['type']);
}

/** The admin API, as the command line uses it. */
export async function admin(site: Program, method: string, path: string, body?: object): Promise<Facts> {
  const response = await fetch(`${site.url}/admin/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${site.adminToken}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return parse(text);
}

export interface NewKey {
  readonly secret: string;
  readonly prefix: string;
}

/** `more` as the admin API takes it: `limits`, `allowed_models`, `expires_at`. */
export async function newKey(site: Program, group: string, more: object = {}): Promise<NewKey> {
  const made = await admin(site, 'POST', 'keys', { group, name: 'test', ...more });
  return { secret: String(made['secret']), prefix: textAt(made, 'key', 'prefix') };
}

export async function audit(site: Program): Promise<Facts> {
  return admin(site, 'GET', 'audit');
}

export function textAt(facts: Facts, ...names: readonly string[]): string {
  return String(at(facts, names));
}

export function numberAt(facts: Facts, ...names: readonly string[]): number {
  const value = at(facts, names);
  if (typeof value !== 'number') throw new Error(`${names.join('.')} is no number but ${JSON.stringify(value)}`);
  return value;
}

export function listAt(facts: Facts, ...names: readonly string[]): readonly Facts[] {
  const value = at(facts, names);
  if (!Array.isArray(value)) throw new Error(`${names.join('.')} is no list but ${JSON.stringify(value)}`);
  return value as readonly Facts[];
}

function at(facts: Facts, names: readonly string[]): unknown {
  let value: unknown = facts;
  for (const name of names) value = (value as Facts | undefined)?.[name];
  return value;
}

/** To compare a secret with what is stored without printing it when the comparison fails. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function requestOf(vendor: Vendor, { model, text = 'Say hello', stream = false }: Call) {
  const name = model ?? models[vendor];
  const messages = [{ role: 'user', content: text }];
  switch (vendor) {
    case 'openai':
      return { path: '/v1/chat/completions', body: { model: name, messages, stream } };
    case 'anthropic':
      return { path: '/v1/messages', body: { model: name, max_tokens: 4000, messages, stream } };
    case 'gemini': {
      const method = stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
      const contents = [{ role: 'user', parts: [{ text }] }];
      return { path: `/v1beta/models/${encodeURIComponent(name)}:${method}`, body: { contents } };
    }
  }
}

function parse(text: string): Facts {
  try {
    return JSON.parse(text) as Facts;
  } catch {
    return {};
  }
}
