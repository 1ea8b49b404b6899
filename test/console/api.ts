import { expect } from 'vitest';

/** JSON of the control plane, read member by member. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null when the body is no JSON. */
  readonly body: Json;
  /** Of a problem document; empty otherwise. */
  readonly code: string;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who calls the control plane: with cookies as a browser keeps them, with a token, or with neither. */
export interface Api {
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  get(path: string): Promise<JsonObject>;
  /** POST that must succeed; the body that came back. */
  post(path: string, body?: unknown): Promise<JsonObject>;
  readonly cookies: Map<string, string>;
}

export function apiOf(url: string, token: string | null = null): Api {
  const cookies = new Map<string, string>();
  const call = async (method: string, path: string, { body, headers = {} }: CallOptions = {}): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        'x-lodge-console': '1',
        ...(cookie === '' ? {} : { cookie }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const text = await response.text();
    const parsed = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Json) : null;
    const code = response.status >= 400 ? textAt(parsed, 'code') : '';
    return { status: response.status, headers: response.headers, text, body: parsed, code };
  };
  const good = async (method: string, path: string, options: CallOptions): Promise<JsonObject> => {
    const answer = await call(method, path, options);
    expect(answer.status, `${method} ${path}: ${answer.text.slice(0, 500)}`).toBeLessThan(300);
    return isObject(answer.body) ? answer.body : {};
  };
  return {
    call,
    cookies,
    get: (path) => good('GET', path, {}),
    post: (path, body) => good('POST', path, body === undefined ? {} : { body }),
  };
}

/** One `Set-Cookie`: kept, replaced, or thrown away when it has expired. */
function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  const gone = attributes.some((attribute) => /^max-age=(?:0|-\d+)$/i.test(attribute));
  if (gone) cookies.delete(name);
  else cookies.set(name, pair.slice(at + 1));
}

/** What stands at a path of member names and places; fails with the path when there is nothing. */
export function at(json: Json | undefined, ...path: readonly (string | number)[]): Json {
  let here: Json | undefined = json;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') here = here[step] as Json | undefined;
    else if (isObject(here) && typeof step === 'string') here = here[step];
    else here = undefined;
    if (here === undefined) throw new Error(`there is no ${path.join('.')} in ${JSON.stringify(json)?.slice(0, 400)}`);
  }
  return here ?? null;
}

export function textAt(json: Json | undefined, ...path: readonly (string | number)[]): string {
  const value = at(json, ...path);
  if (typeof value !== 'string') throw new Error(`${path.join('.')} is no text`);
  return value;
}

export function listAt(json: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const value = at(json, ...path);
  if (!Array.isArray(value)) throw new Error(`${path.join('.')} is no list`);
  return value as readonly Json[];
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
