import { ApiProblem, problemFrom } from './problem.ts';
import type { Paths } from './schema.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths that take a method. */
export type PathOf<M extends Method> = { [P in keyof Paths]: M extends keyof Paths[P] ? P : never }[keyof Paths];

type Operation<P extends keyof Paths, M extends Method> = M extends keyof Paths[P] ? Paths[P][M] : never;

/** The body of the 2xx answer. */
export type Answer<P extends keyof Paths, M extends Method = 'get'> =
  Operation<P, M> extends { answer: infer Body } ? Body : undefined;

/** The body that is sent. */
export type Body<P extends keyof Paths, M extends Method = 'post'> =
  Operation<P, M> extends { body?: infer Sent } ? Exclude<Sent, undefined> : never;

/** Members that have no value are left out of the query. */
type Loose<Query> = { readonly [Name in keyof Query]: Query[Name] | undefined };

/** What a call needs beside its path: all that the endpoint declares. */
export type Ask<P extends keyof Paths, M extends Method = 'get'> = Options &
  (Operation<P, M> extends { params: infer Params } ? { readonly params: Params } : unknown) &
  (Operation<P, M> extends { query: infer Query }
    ? Record<never, never> extends Query
      ? { readonly query?: Loose<Query> }
      : { readonly query: Loose<Query> }
    : unknown) &
  (Operation<P, M> extends { body: infer Sent }
    ? { readonly body: Sent }
    : Operation<P, M> extends { body?: infer Sent }
      ? { readonly body?: Sent }
      : unknown);

interface Options {
  readonly signal?: AbortSignal;
  /**
   * The same key again is the same call again, done once. `true` makes one; a string of `newIdempotencyKey` survives
   * several tries of one form.
   */
  readonly idempotency?: true | string;
}

type Rest<P extends keyof Paths, M extends Method> =
  Record<never, never> extends Ask<P, M> ? [ask?: Ask<P, M>] : [ask: Ask<P, M>];

interface RawAsk extends Options {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** No answer within it counts as none. Streams (`api.open`) take their time. */
const timeoutMs = 60_000;

let onSessionMissing: () => void = () => {};

/** What is to happen when the API says, anywhere, that nobody is signed in (any more). */
export function whenSessionMissing(listener: () => void): void {
  onSessionMissing = listener;
}

/**
 * Typed calls to the control plane: `api.get('/control/v1/organizations/{organization}/keys', { params, query })`.
 *
 * @returns the body of the 2xx answer; undefined for 204
 * @throws ApiProblem for everything else
 */
export const api = {
  get: <P extends PathOf<'get'>>(path: P, ...[ask]: Rest<P, 'get'>) => call<Answer<P>>('get', path, ask),
  post: <P extends PathOf<'post'>>(path: P, ...[ask]: Rest<P, 'post'>) => call<Answer<P, 'post'>>('post', path, ask),
  put: <P extends PathOf<'put'>>(path: P, ...[ask]: Rest<P, 'put'>) => call<Answer<P, 'put'>>('put', path, ask),
  patch: <P extends PathOf<'patch'>>(path: P, ...[ask]: Rest<P, 'patch'>) =>
    call<Answer<P, 'patch'>>('patch', path, ask),
  delete: <P extends PathOf<'delete'>>(path: P, ...[ask]: Rest<P, 'delete'>) =>
    call<Answer<P, 'delete'>>('delete', path, ask),
  /** The answer itself, once it has begun with a 2xx: for files that are streamed. */
  open: <P extends PathOf<'get'>>(path: P, ...[ask]: Rest<P, 'get'>): Promise<Response> => send('get', path, ask ?? {}),
  /** The same where a file is only given out for a reason that is sent. */
  openPost: <P extends PathOf<'post'>>(path: P, ...[ask]: Rest<P, 'post'>): Promise<Response> =>
    send('post', path, ask ?? {}),
};

/** For a call outside of pages that must happen once, however often its form is sent. */
export function newIdempotencyKey(): string {
  // A site without TLS that is not on this machine has no randomUUID.
  if ('randomUUID' in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function call<Result>(method: Method, path: string, ask: RawAsk = {}): Promise<Result> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = ask.signal ? AbortSignal.any([ask.signal, timeout]) : timeout;
  const response = await send(method, path, { ...ask, signal });
  if (response.status === 204) return undefined as Result;
  const text = await readText(response);
  try {
    return JSON.parse(text) as Result;
  } catch {
    throw problemFrom(response.status, text, response.headers);
  }
}

async function send(method: Method, path: string, ask: RawAsk): Promise<Response> {
  const { signal } = ask;
  let response: Response;
  try {
    response = await fetch(addressOf(path, ask.params, ask.query), {
      method: method.toUpperCase(),
      headers: headersOf(method, ask),
      credentials: 'same-origin',
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    throw unreachable(error, signal);
  }
  if (response.ok) return response;
  const problem = problemFrom(response.status, await readText(response), response.headers);
  if (problem.status === 401 && problem.code === 'session_missing') onSessionMissing();
  throw problem;
}

function headersOf(method: Method, ask: RawAsk): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (ask.body !== undefined) headers['content-type'] = 'application/json';
  // No other site can make a browser send this: what it asks for is not done in a visitor's name.
  if (method !== 'get') headers['x-lodge-console'] = '1';
  if (ask.idempotency !== undefined)
    headers['idempotency-key'] = ask.idempotency === true ? newIdempotencyKey() : ask.idempotency;
  return headers;
}

/** `/keys/{key}` with its placeholders filled and a query behind it. */
export function addressOf(path: string, params: RawAsk['params'] = {}, query: RawAsk['query'] = {}): string {
  const filled = path.replace(/\{([a-z_]+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new TypeError(`${path} needs ${name}.`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) search.append(name, String(each));
    }
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}

async function readText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw unreachable(error);
  }
}

function unreachable(error: unknown, signal?: AbortSignal): unknown {
  // Whoever left does not want to hear that they did.
  if (signal?.aborted && error instanceof DOMException && error.name === 'AbortError') return error;
  const detail = 'The server did not answer.';
  return new ApiProblem(
    { status: 0, code: 'network_unreachable', detail, errors: [], request_id: null },
    { cause: error },
  );
}
