import type { HeaderList } from './answer.ts';

/** What undici hands over: names in lower case. */
export type UpstreamHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Vendor headers that come down. A list of what may, because vendors put account names, organization ids, cookies and
 * their own limits into the others. `x-codex-turn-state` must come back to Codex's next request of the same turn.
 */
const mayComeDown = new Set([
  'content-disposition',
  'content-language',
  'openai-version',
  'openai-processing-ms',
  'x-reasoning-included',
  'x-models-etag',
]);
const mayComeDownPrefix = 'x-codex-';

export function downHeaders(headers: UpstreamHeaders, list: HeaderList): void {
  for (const name in headers) {
    if (!mayComeDown.has(name) && !name.startsWith(mayComeDownPrefix)) continue;
    const value = headers[name];
    if (typeof value === 'string' && isPlain(value)) list.push(name, value);
  }
}

export function oneHeader(headers: UpstreamHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** The vendor's own id of a call, whatever it calls the header. Only what an id may hold, and not more than 128. */
export function vendorRequestId(headers: UpstreamHeaders): string | null {
  const id =
    oneHeader(headers, 'x-request-id') ?? oneHeader(headers, 'request-id') ?? oneHeader(headers, 'x-goog-request-id');
  return id !== undefined && /^[\w.:-]{1,128}$/.test(id) ? id : null;
}

/** Characters that a header may carry: a vendor's stray control character must not make our own answer invalid. */
function isPlain(value: string): boolean {
  return value.length <= 8192 && !/[^\t\x20-\x7e]/.test(value);
}
