/**
 * Faults on demand: a comma-separated list such as `status=503,retry-after=2`, from the header `x-sandbox-fault` or from
 * a marker `[sandbox:status=503,retry-after=2]` anywhere in the request's text. All are in docs/sandbox.md.
 */
export interface Faults {
  /** As asked for, normalised; null when nothing was. */
  readonly text: string | null;
  readonly status: number | null;
  readonly retryAfterSeconds: number | null;
  readonly delayMs: number;
  readonly eventDelayMs: number;
  readonly cutAfter: number | null;
  readonly endAfter: number | null;
  readonly errorAfter: number | null;
  readonly hangAfter: number | null;
  readonly splitBytes: number | null;
  readonly crlf: boolean;
  readonly never: boolean;
  readonly noUsage: boolean;
  readonly wrongUsage: boolean;
  readonly tokens: number | null;
  readonly events: number | null;
  readonly cached: number | null;
  readonly contextTokens: number | null;
  readonly htmlError: boolean;
  readonly gzip: boolean;
  readonly hugeHeaderBytes: number | null;
  readonly comments: boolean;
  readonly echo: boolean;
  /** The faults hold for the first so many calls that carry this very list; then calls are served. */
  readonly times: number | null;
}

type Range = readonly [min: number, max: number, whenBare?: number];

/** Highest values: a typing error must not keep a socket for a day or fill the memory. */
const ranges: ReadonlyMap<string, Range> = new Map<string, Range>(
  Object.entries({
    status: [400, 599],
    'retry-after': [0, 86_400],
    'delay-ms': [0, 600_000],
    'event-delay-ms': [0, 60_000],
    'cut-after': [0, 1_000_000],
    'end-after': [0, 1_000_000],
    'error-after': [0, 1_000_000],
    'hang-after': [0, 1_000_000],
    split: [1, 1_048_576],
    tokens: [0, 200_000],
    events: [1, 200_000],
    cached: [0, 10_000_000],
    context: [1, 100_000_000],
    'huge-header': [1, 1_048_576, 65_536],
    times: [1, 1_000_000],
  } satisfies Record<string, Range>),
);

const switches = new Set(['crlf', 'never', 'no-usage', 'wrong-usage', 'html-error', 'gzip', 'comments', 'echo']);

export const noFaults: Faults = toFaults(new Map(), null);

/** The faults of a list, or what is wrong with it, in words. */
export function parseFaults(list: string): Faults | { readonly problem: string } {
  const values = new Map<string, number>();
  const names: string[] = [];
  for (const part of list.split(/[,;]/)) {
    const [name = '', text] = part.trim().split('=', 2);
    if (name === '') continue;
    if (switches.has(name)) {
      values.set(name, 1);
      names.push(name);
      continue;
    }
    if (name === 'tag') {
      // It ends up in the count, where nothing that was said may stand.
      if (!/^[\w-]{1,64}$/.test(text ?? '')) return { problem: 'fault "tag" takes 1 to 64 letters, digits, - or _' };
      names.push(`tag=${text}`);
      continue;
    }
    const range = ranges.get(name);
    if (range === undefined) return { problem: `unknown fault "${name}", see docs/sandbox.md` };
    const value = text === undefined ? (range[2] ?? Number.NaN) : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= range[0] && value <= range[1]))
      return { problem: `fault "${name}" takes a whole number from ${range[0]} to ${range[1]}` };
    values.set(name, value);
    names.push(`${name}=${value}`);
  }
  return values.size === 0 ? noFaults : toFaults(values, names.join(','));
}

function toFaults(values: ReadonlyMap<string, number>, text: string | null): Faults {
  const number = (name: string): number | null => values.get(name) ?? null;
  return {
    text,
    status: number('status') ?? (values.has('html-error') ? 502 : null),
    retryAfterSeconds: number('retry-after'),
    delayMs: number('delay-ms') ?? 0,
    eventDelayMs: number('event-delay-ms') ?? 0,
    cutAfter: number('cut-after'),
    endAfter: number('end-after'),
    errorAfter: number('error-after'),
    hangAfter: number('hang-after'),
    splitBytes: number('split'),
    crlf: values.has('crlf'),
    never: values.has('never'),
    noUsage: values.has('no-usage'),
    wrongUsage: values.has('wrong-usage'),
    tokens: number('tokens'),
    events: number('events'),
    cached: number('cached'),
    contextTokens: number('context'),
    htmlError: values.has('html-error'),
    gzip: values.has('gzip'),
    hugeHeaderBytes: number('huge-header'),
    comments: values.has('comments'),
    echo: values.has('echo'),
    times: number('times'),
  };
}

const markerStart = Buffer.from('[sandbox:');
const maxMarkers = 8;
const maxMarkerBytes = 400;

/** The lists of all markers in a request body, joined. */
export function markersIn(body: Buffer): string {
  let found = '';
  let at = body.indexOf(markerStart);
  for (let n = 0; at >= 0 && n < maxMarkers; n++) {
    const from = at + markerStart.length;
    const end = body.indexOf(0x5d, from);
    if (end < 0) break;
    if (end - from <= maxMarkerBytes) found += `${found === '' ? '' : ','}${body.toString('latin1', from, end)}`;
    at = body.indexOf(markerStart, from);
  }
  return found;
}

/** Remembers how often a list with `times=n` has been obeyed. */
export class FaultMemory {
  readonly #seen = new Map<string, number>();

  /** The faults that hold for this call: none once the list has been obeyed `times` times. */
  apply(faults: Faults): Faults {
    if (faults.times === null || faults.text === null) return faults;
    const seen = this.#seen.get(faults.text) ?? 0;
    if (seen >= faults.times) return noFaults;
    // The oldest lists are forgotten: tests name theirs with `tag=`.
    if (this.#seen.size >= 10_000) for (const first of this.#seen.keys()) return this.#forget(first, faults);
    this.#seen.set(faults.text, seen + 1);
    return faults;
  }

  #forget(list: string, faults: Faults): Faults {
    this.#seen.delete(list);
    return this.apply(faults);
  }
}
