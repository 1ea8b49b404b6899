import { type EndpointRow, endpoints, localEndpoint, otherEndpoint } from './endpoint-table.ts';
import type { Endpoint, EndpointMatch, Family } from './types.ts';

/** No such path, or no such method on it. `allow` is what the path takes. */
export type NoMatch =
  | { readonly notFound: true }
  | { readonly methodNotAllowed: true; readonly allow: readonly string[] };

const notFound: NoMatch = { notFound: true };

/**
 * The endpoint that a request's method and path (without the query) lead to. `/v1` is shared by three vendors: where a
 * path does not tell them apart, `keyFamily` does; null reads as OpenAI's. Paths that could mean one thing here and
 * another upstream (`..`, `//`, encoded slashes and dots) lead nowhere.
 */
export function matchEndpoint(method: string, path: string, keyFamily: Family | null): EndpointMatch | NoMatch {
  const family = keyFamily ?? 'openai';
  const common = commonPaths.get(path);
  if (common !== undefined && common.method === method) return common.match;
  return (
    matchPrefixed(method, path, '/openai', 'openai') ??
    matchPrefixed(method, path, '/anthropic', 'anthropic') ??
    matchPrefixed(method, path, '/gemini', 'gemini') ??
    matchIn(method, path, family, false)
  );
}

function matchPrefixed(method: string, path: string, prefix: string, family: Family): EndpointMatch | NoMatch | null {
  if (!path.startsWith(prefix) || (path.length > prefix.length && path[prefix.length] !== '/')) return null;
  return matchIn(method, path.slice(prefix.length) || '/', family, true);
}

/** `prefixed`: the base URL names the family, so no other family's paths are looked for. */
function matchIn(method: string, path: string, family: Family, prefixed: boolean): EndpointMatch | NoMatch {
  const own = matchLocal(method, path, family);
  if (own !== null) return own;
  const segments = safeSegments(path);
  if (segments === null) return notFound;
  const version = segments[0];
  if (version === 'v1beta') {
    if (prefixed && family !== 'gemini') return notFound;
    return matchGemini(method, path, segments);
  }
  if (version !== 'v1' || segments.length < 2) return notFound;
  if (segments[1] === 'models') return matchModels(method, path, segments, family, prefixed);
  const families: readonly Family[] = prefixed ? [family] : byFamilyFirst[family];
  for (const candidate of families) {
    const found = matchStatic(method, path, segments, candidate);
    if (found !== null) return found;
  }
  return passThrough(method, path, segments, family);
}

const byFamilyFirst: Readonly<Record<Family, readonly Family[]>> = {
  openai: ['openai', 'anthropic'],
  anthropic: ['anthropic', 'openai'],
  gemini: ['openai', 'anthropic'],
};

// ---- what Lodge answers itself ----

const basePaths = new Set(['/', '/v1', '/v1/', '/v1beta', '/v1beta/']);

function matchLocal(method: string, path: string, family: Family): EndpointMatch | NoMatch | null {
  const name = basePaths.has(path)
    ? 'base'
    : path === '/v1/usage'
      ? 'usage'
      : path === '/health'
        ? 'health'
        : path === '/api/hello'
          ? 'hello'
          : null;
  if (name === null) return null;
  if (method !== 'GET' && method !== 'HEAD') return { methodNotAllowed: true, allow: ['GET', 'HEAD'] };
  return found(localEndpoint(name, family, method), path);
}

function found(endpoint: Endpoint, upstreamPath: string, isPassThrough = false): EndpointMatch {
  return { endpoint, upstreamPath, pathModel: null, passThrough: isPassThrough };
}

/** OpenAI's base URLs end in `/v1`, the other two's have no version. */
function upstream(family: Family, path: string): string {
  return family === 'openai' ? path.slice('/v1'.length) : path;
}

// ---- fixed paths, and those with one id in them ----

interface PathEntry {
  readonly methods: Map<string, EndpointRow>;
}

const fixedPaths: Readonly<Record<Family, Map<string, PathEntry>>> = {
  openai: new Map(),
  anthropic: new Map(),
  gemini: new Map(),
};

for (const row of endpoints) {
  if (row.endpoint.local || row.endpoint.modelPlace === 'path') continue;
  const paths = fixedPaths[row.endpoint.family];
  const entry = paths.get(row.path) ?? { methods: new Map() };
  entry.methods.set(row.endpoint.method, row);
  paths.set(row.path, entry);
}

function matchStatic(
  method: string,
  path: string,
  segments: readonly string[],
  family: Family,
): EndpointMatch | NoMatch | null {
  const paths = fixedPaths[family];
  const entry = paths.get(path) ?? paths.get(withId(segments, family === 'openai' ? 2 : 3));
  if (entry === undefined) return null;
  const row = entry.methods.get(method);
  if (row !== undefined) return found(row.endpoint, upstream(family, path), row.passThrough);
  // Codex and Claude Code ask with HEAD, without a key, whether anything is here.
  if (method === 'HEAD') return found(localEndpoint('probe', family, 'HEAD'), path);
  return { methodNotAllowed: true, allow: [...entry.methods.keys(), 'HEAD'] };
}

/** The path with the segment at `index` read as an id. */
function withId(segments: readonly string[], index: number): string {
  return segments.length > index ? `/${segments.with(index, '{id}').join('/')}` : '';
}

/** The calls that make up nearly all traffic, matched by one look-up. */
const commonPaths = new Map<string, { readonly method: string; readonly match: EndpointMatch }>();
for (const row of endpoints) {
  const { endpoint, path } = row;
  if (endpoint.local || path.includes('{') || endpoint.method !== 'POST') continue;
  const match = found(endpoint, upstream(endpoint.family, path), row.passThrough);
  commonPaths.set(path, { method: 'POST', match });
  commonPaths.set(`/${endpoint.family}${path}`, { method: 'POST', match });
}

// ---- models ----

const modelActions = new Map<string, Endpoint>();
const modelLists = new Map<Family, Endpoint>();
const modelItems = new Map<Family, Endpoint>();
for (const { endpoint, path } of endpoints) {
  if (endpoint.local) (endpoint.modelPlace === 'path' ? modelItems : modelLists).set(endpoint.family, endpoint);
  else if (endpoint.modelPlace === 'path') modelActions.set(path.slice(path.lastIndexOf(':') + 1), endpoint);
}

function matchModels(
  method: string,
  path: string,
  segments: readonly string[],
  family: Family,
  prefixed: boolean,
): EndpointMatch | NoMatch {
  const last = segments.at(-1) ?? '';
  const colonAt = last.lastIndexOf(':');
  // Google's SDK uses /v1 as well. A colon alone proves nothing: OpenAI's fine-tuned models have some.
  if (colonAt > 0 && method !== 'GET' && segments.length === 3 && (!prefixed || family === 'gemini')) {
    if (modelActions.has(last.slice(colonAt + 1)) || family === 'gemini') return matchGemini(method, path, segments);
  }
  return matchCatalogue(method, path, segments, family);
}

function matchCatalogue(
  method: string,
  path: string,
  segments: readonly string[],
  family: Family,
): EndpointMatch | NoMatch {
  if (method !== 'GET' && method !== 'HEAD') return { methodNotAllowed: true, allow: ['GET', 'HEAD'] };
  const endpoint = (segments.length === 2 ? modelLists : modelItems).get(family);
  if (endpoint === undefined) return notFound;
  if (method === 'HEAD') return found(localEndpoint('probe', family, 'HEAD'), path);
  if (segments.length === 2) return found(endpoint, path);
  const start = path.indexOf('/models/') + '/models/'.length;
  const name = decode(path.slice(start));
  if (name === null) return notFound;
  return { endpoint, upstreamPath: path, pathModel: { name, start, end: path.length }, passThrough: false };
}

function matchGemini(method: string, path: string, segments: readonly string[]): EndpointMatch | NoMatch {
  if (segments.length < 2) return notFound;
  if (segments[1] !== 'models') return passThrough(method, path, segments, 'gemini');
  const last = segments[2] ?? '';
  const colonAt = last.lastIndexOf(':');
  if (segments.length !== 3 || colonAt <= 0 || method === 'GET' || method === 'HEAD') {
    return matchCatalogue(method, path, segments, 'gemini');
  }
  const endpoint = modelActions.get(last.slice(colonAt + 1));
  if (endpoint === undefined) return passThrough(method, path, segments, 'gemini');
  if (method !== 'POST') return { methodNotAllowed: true, allow: ['POST'] };
  const name = decode(last.slice(0, colonAt));
  if (name === null || name.includes('/')) return notFound;
  const start = path.length - last.length;
  return { endpoint, upstreamPath: path, pathModel: { name, start, end: start + colonAt }, passThrough: false };
}

// ---- pass-through ----

/**
 * Never relayed, whatever the group allows: what stands there gives away the vendor account itself (its keys, members
 * and bills), or hands out credentials that call the vendor past us.
 */
const neverRelayed: Readonly<Record<Family, ReadonlySet<string>>> = {
  openai: new Set(['organization', 'organizations', 'projects', 'realtime', 'chatkit', 'dashboard', 'usage']),
  anthropic: new Set(['organizations', 'organization', 'oauth', 'usage']),
  gemini: new Set(['auth_tokens', 'authTokens', 'openai', 'usage']),
};

function passThrough(
  method: string,
  path: string,
  segments: readonly string[],
  family: Family,
): EndpointMatch | NoMatch {
  // Only names that are looked up here may hold an encoded slash.
  if (/%2f/i.test(path)) return notFound;
  const head = (segments[1] ?? '').split(':', 1)[0] ?? '';
  if (neverRelayed[family].has(head) || !relayedMethods.has(method)) return notFound;
  return found(otherEndpoint(family, method), upstream(family, path), true);
}

const relayedMethods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

// ---- paths ----

/** The segments of a path that means the same to everybody who reads it, or null. */
function safeSegments(path: string): string[] | null {
  if (path.length > 2_048 || path.charCodeAt(0) !== 0x2f) return null;
  const inModels = path.startsWith('/v1/models/') || path.startsWith('/v1beta/models/');
  for (let i = 1; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code === 0x25) {
      const octet = Number.parseInt(path.slice(i + 1, i + 3), 16);
      // SDKs encode the slash in `org/model`; a model's name is only looked up, or checked again before it goes up.
      if (!isHarmlessOctet(octet) && !(inModels && octet === 0x2f)) return null;
    } else if (!isPathCharacter(code)) {
      return null;
    }
  }
  const segments = path.slice(1).split('/');
  for (const segment of segments) {
    if (segment === '' || segment.startsWith('.') || segment.startsWith(';')) return null;
  }
  return segments;
}

function isHarmlessOctet(octet: number): boolean {
  // Control characters, `.`, `/`, `\`, `%` and what is no hexadecimal number at all.
  return octet >= 0x20 && octet !== 0x2e && octet !== 0x2f && octet !== 0x5c && octet !== 0x25 && octet !== 0x7f;
}

/** Unreserved characters and sub-delimiters of RFC 3986 that stand for themselves, `:` and `@`. */
const pathCharacters = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,=:@/") {
  pathCharacters[character.charCodeAt(0)] = 1;
}

function isPathCharacter(code: number): boolean {
  return code < 128 && pathCharacters[code] === 1;
}

function decode(text: string): string | null {
  try {
    const name = decodeURIComponent(text);
    return name.length > 0 && name.length <= 200 ? name : null;
  } catch {
    return null;
  }
}
