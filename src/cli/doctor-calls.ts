import type { Family } from '../gateway/ports.ts';

/** One answer of a gateway, whatever its envelope. */
export interface Answer {
  readonly status: number;
  readonly requestId: string | null;
  readonly body: unknown;
  /** Stable code and public message of an error, from any of the three vendors' envelopes. */
  readonly error: { readonly code: string | null; readonly message: string } | null;
  readonly location: string | null;
  readonly server: string | null;
}

const callTimeoutMs = 15_000;
const answerMaxBytes = 4 * 1024 * 1024;

/** GET with or without the key. Null: the connection broke or no answer came in time. */
export function get(url: string, key: string | null): Promise<Answer | null> {
  return send(url, key, {});
}

/** POST of an empty JSON object with the key. */
export function postNothing(url: string, key: string): Promise<Answer | null> {
  return send(url, key, { method: 'POST', body: '{}' });
}

async function send(url: string, key: string | null, init: RequestInit): Promise<Answer | null> {
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'lodge-doctor' };
  if (key !== null) headers['authorization'] = `Bearer ${key}`;
  if (init.method === 'POST') headers['content-type'] = 'application/json';
  const signal = AbortSignal.timeout(callTimeoutMs);
  try {
    const response = await fetch(url, { ...init, headers, redirect: 'manual', signal });
    const body = parse((await response.text()).slice(0, answerMaxBytes));
    return {
      status: response.status,
      requestId: response.headers.get('x-request-id'),
      body,
      error: response.ok ? null : errorIn(body),
      location: response.headers.get('location'),
      server: response.headers.get('server'),
    };
  } catch {
    return null;
  }
}

/** The names in a list of models, and whose list it is by its shape. */
export function modelsIn(body: unknown): { family: Family; names: string[] } | null {
  const list = member(body, 'data');
  if (Array.isArray(list)) {
    const names = list.map((each) => String(member(each, 'id')));
    return { family: member(body, 'object') === 'list' ? 'openai' : 'anthropic', names };
  }
  const models = member(body, 'models');
  if (!Array.isArray(models)) return null;
  return { family: 'gemini', names: models.map((each) => String(member(each, 'name')).replace(/^models\//, '')) };
}

export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function errorIn(body: unknown): Answer['error'] {
  const error = member(body, 'error');
  const message = member(error, 'message');
  if (typeof message !== 'string') return null;
  const code = [member(error, 'code'), reasonIn(member(error, 'details')), member(error, 'type')].find(
    (each) => typeof each === 'string',
  );
  return { code: typeof code === 'string' ? code : null, message };
}

/** Gemini's envelope: `details: [{ "@type": "…ErrorInfo", reason: "KEY_DISABLED" }]`. */
function reasonIn(details: unknown): string | undefined {
  if (!Array.isArray(details)) return undefined;
  const reason = details.map((each) => member(each, 'reason')).find((each) => typeof each === 'string');
  return typeof reason === 'string' ? reason.toLowerCase() : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The few names closest to one that is not there. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const scored = names.map((name) => ({ name, distance: distanceOf(wanted.toLowerCase(), name.toLowerCase()) }));
  const most = Math.max(3, Math.ceil(wanted.length / 3));
  return scored
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's distance, one row at a time; names have 200 characters at most. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
