/** What is wrong with a base URL as somebody's tool has it; in words of `help.checks.url.faults`. */
export type UrlFault =
  | 'marks'
  | 'notUrl'
  | 'query'
  | 'otherHost'
  | 'plain'
  | 'twice'
  | 'endpoint'
  | 'noVersion'
  | 'hasVersion'
  | 'otherPath';

export interface UrlVerdict {
  readonly fault: UrlFault;
  /** What the fault is about: a host, a path. */
  readonly part: string;
}

const version = /^\/v1(?:beta)?$/;
const twice = /\/(v1(?:beta)?)\/+(?:v1(?:beta)?)(?:\/|$)/;
const endpoint = /\/(?:chat\/completions|completions|responses|messages|models|embeddings)(?:\/.*)?$/;

/** Whether a base URL is the one that a tool wants; null when it is. A slash at the end does no harm. Pure. */
export function urlFault(given: string, wanted: string): UrlVerdict | null {
  const bare = given.trim();
  if (/["'`“”‘’\s]/.test(bare)) return { fault: 'marks', part: '' };
  const url = parse(bare);
  const right = parse(wanted);
  if (url === null || right === null) return { fault: 'notUrl', part: '' };
  if (url.search !== '' || url.hash !== '') return { fault: 'query', part: '' };
  if (url.host !== right.host) return { fault: 'otherHost', part: url.host };
  if (url.protocol !== right.protocol) return url.protocol === 'http:' ? { fault: 'plain', part: '' } : null;
  return pathFault(pathOf(url), pathOf(right));
}

function pathFault(path: string, wanted: string): UrlVerdict | null {
  if (path === wanted) return null;
  if (twice.test(path)) return { fault: 'twice', part: path };
  const ending = endpoint.exec(path)?.[0];
  if (ending !== undefined) return { fault: 'endpoint', part: ending };
  if (wanted.startsWith(path)) return { fault: 'noVersion', part: wanted.slice(path.length) };
  const more = path.startsWith(wanted) ? path.slice(wanted.length) : path;
  return version.test(more) ? { fault: 'hasVersion', part: more } : { fault: 'otherPath', part: path };
}

function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '');
}

function parse(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}
