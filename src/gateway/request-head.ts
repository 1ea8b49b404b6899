import { clientTool } from '../vendors/index.ts';

/** What one pass over the raw headers of a request yields. */
export interface RequestHead {
  /** As presented, in the order in which they are tried. */
  readonly credentials: readonly string[];
  /** Name, value, name, value: what may go upstream. */
  readonly upstream: string[];
  readonly contentType: string;
  readonly contentEncoding: string;
  /** -1 when absent. */
  readonly contentLength: number;
  readonly hasBody: boolean;
  /** Which vendor's SDK this looks like, for the envelope of errors before the key is known. */
  readonly hint: 'openai' | 'anthropic' | 'gemini' | null;
  readonly wantsHtml: boolean;
  readonly acceptLanguage: string;
  readonly tool: string | null;
  readonly toolVersion: string | null;
}

/**
 * Headers that never go upstream. All others do: tools send vendor headers that no list can foresee, and a dropped one
 * breaks a feature in silence. What is held back is whatever names or pays for somebody (credentials, cookies,
 * organizations), describes the way the request took, or belongs to one connection only.
 */
const heldBack = new Set([
  'authorization',
  'x-api-key',
  'x-goog-api-key',
  'api-key',
  'cookie',
  'proxy-authorization',
  'openai-organization',
  'openai-project',
  'x-goog-user-project',
  'host',
  'connection',
  'proxy-connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'content-length',
  'content-encoding',
  'accept-encoding',
  'via',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'cdn-loop',
  'origin',
  'referer',
  'http2-settings',
  'content-md5',
  'digest',
  'x-request-id',
]);
const heldBackPrefixes = ['x-forwarded-', 'cf-', 'sec-', 'x-lodge-', 'proxy-'];

/** Reads the raw headers once: node's own parsed object costs more than this and loses repeated ones. */
export function readHead(raw: readonly string[]): RequestHead {
  let authorization = '';
  let xApiKey = '';
  let googKey = '';
  let userAgent = '';
  let contentType = '';
  let contentEncoding = '';
  let contentLength = -1;
  let chunked = false;
  let connection = '';
  let anthropic = false;
  let google = false;
  let accept = '';
  let acceptLanguage = '';
  let originator = '';
  const upstream: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    const value = raw[i + 1] as string;
    switch (name) {
      case 'authorization':
        authorization = value;
        break;
      case 'x-api-key':
        xApiKey = value;
        break;
      case 'x-goog-api-key':
        googKey = value;
        break;
      case 'content-length':
        contentLength = Number(value);
        break;
      case 'transfer-encoding':
        chunked = true;
        break;
      case 'content-encoding':
        contentEncoding = value.trim().toLowerCase();
        break;
      case 'connection':
        connection = value.toLowerCase();
        break;
      default:
        if (name === 'user-agent') userAgent = value;
        else if (name === 'content-type') contentType = value;
        else if (name === 'anthropic-version') anthropic = true;
        else if (name === 'x-goog-api-client') google = true;
        else if (name === 'accept') accept = value;
        else if (name === 'accept-language') acceptLanguage = value;
        else if (name === 'originator') originator = value;
        if (mayGoUp(name)) upstream.push(name, value);
    }
  }
  if (connection !== '' && connection !== 'keep-alive' && connection !== 'close') dropNamed(upstream, connection);
  const client = clientTool(userAgent, originator);
  return {
    credentials: credentialsOf(authorization, xApiKey, googKey),
    upstream,
    contentType,
    contentEncoding: contentEncoding === 'identity' ? '' : contentEncoding,
    contentLength,
    hasBody: chunked || contentLength > 0,
    hint: googKey !== '' || google ? 'gemini' : anthropic || xApiKey !== '' ? 'anthropic' : null,
    wantsHtml: accept.includes('text/html'),
    acceptLanguage,
    tool: client.tool,
    toolVersion: client.version,
  };
}

function mayGoUp(name: string): boolean {
  if (heldBack.has(name)) return false;
  for (const prefix of heldBackPrefixes) if (name.startsWith(prefix)) return false;
  return true;
}

/** Headers that `Connection` names are for this hop only (RFC 9110, 7.6.1). */
function dropNamed(headers: string[], connection: string): void {
  const named = new Set(connection.split(',').map((part) => part.trim()));
  for (let i = headers.length - 2; i >= 0; i -= 2) if (named.has(headers[i] as string)) headers.splice(i, 2);
}

/**
 * Claude Code sends `Authorization` and `x-api-key` with different values when both of its variables are set; the first
 * is the one meant for a gateway. So the order counts, and admission takes the first that is a key of this site.
 */
function credentialsOf(authorization: string, xApiKey: string, googKey: string): string[] {
  const found: string[] = [];
  if (authorization !== '') found.push(/^bearer\s/i.test(authorization) ? authorization.slice(7) : authorization);
  if (xApiKey !== '') found.push(xApiKey);
  if (googKey !== '') found.push(googKey);
  return found;
}
