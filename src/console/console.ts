import type { RequestListener } from 'node:http';
import { type Clock, systemClock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { newRequestId } from '../base/request-id.ts';
import { type Answer, problemOf, send } from '../http/index.ts';
import { type Asset, type Assets, chooseEncoding, isFileName, readAssets, startPage } from './assets.ts';
import { missingPage } from './missing-page.ts';

export interface ConsoleOptions {
  /** Where the build lies: `web/dist`. */
  readonly directory: string;
  readonly clock?: Clock;
}

/** The listener for a request target such as `/console/keys?status=active`; null when the path is not the console's. */
export type Console = (path: string) => RequestListener | null;

const base = '/console';

/**
 * No inline script, no inline style element, nothing from elsewhere. Attributes that scripts set are not inline style. A
 * form is sent by script, and by the browser only to this site.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  // Mail is shown as it was sent, in a frame that runs nothing.
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const pageOnly: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

const yearSeconds = 31_536_000;

/** Serves the build; reads it at once, or when it is there. */
export function createConsole(options: ConsoleOptions): Console {
  const clock = options.clock ?? systemClock;
  let assets = readAssets(options.directory);
  const listener: RequestListener = (request, response) => {
    const given = response.getHeader('x-request-id');
    const requestId = typeof given === 'string' ? given : newRequestId(clock.now());
    response.setHeader('X-Request-Id', requestId);
    assets ??= readAssets(options.directory);
    const { method = '', url = '', headers } = request;
    const answer =
      method === 'GET' || method === 'HEAD'
        ? answerTo(url, headers['accept-encoding'], assets)
        : methodNotAllowed(method, requestId);
    send(request, response, answer);
  };
  return (path) => (isOurs(path) ? listener : null);
}

/** Every call of the gateway passes here first. */
function isOurs(path: string): boolean {
  return path.startsWith(base) && (path.length === base.length || '/?#'.includes(path.charAt(base.length)));
}

function answerTo(target: string, acceptEncoding: string | undefined, assets: Assets | null): Answer {
  const mark = target.search(/[?#]/);
  const path = mark < 0 ? target : target.slice(0, mark);
  if (path === base) return redirect(`${base}/${mark < 0 ? '' : target.slice(mark)}`);
  if (assets === null) return missingPage();
  // Looked up as it was written: a name is one of the build's or it is none, and no path leads anywhere else.
  const name = path.slice(base.length + 1);
  const asset = assets.get(name);
  if (asset && name !== startPage) return fileAnswer(asset, acceptEncoding);
  const start = assets.get(startPage);
  if (!start || isFileName(name) || name.split('/').includes('..')) return notFound();
  return fileAnswer(start, acceptEncoding, pageOnly);
}

function fileAnswer(asset: Asset, acceptEncoding: string | undefined, more: Record<string, string> = {}): Answer {
  const encoding = chooseEncoding(acceptEncoding, asset);
  const headers: Record<string, string> = {
    ...more,
    'content-type': asset.contentType,
    'cache-control': asset.immutable ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
    vary: 'Accept-Encoding',
  };
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  // Different bytes, different tag.
  const etag = encoding === 'identity' ? asset.etag : `${asset.etag.slice(0, -1)}-${encoding}"`;
  return { status: 200, headers, body: asset.bodies[encoding] ?? asset.bodies.identity, etag };
}

function redirect(location: string): Answer {
  const headers = { location, 'cache-control': 'public, max-age=300' };
  return { status: 308, headers, body: Buffer.alloc(0), etag: null };
}

function notFound(): Answer {
  const body = Buffer.from('There is no such file in this build of the console. Reload the page.\n');
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return { status: 404, headers, body, etag: null };
}

function methodNotAllowed(method: string, requestId: string): Answer {
  const message = `This address is the console and takes GET and HEAD, not ${method}. The API of the console lies under /control/v1.`;
  const problem = problemOf(
    new AppError('method_not_allowed', message),
    { method_not_allowed: 405 },
    requestId,
    '/docs',
  );
  const headers = { 'content-type': 'application/problem+json', allow: 'GET, HEAD', 'cache-control': 'no-store' };
  return { status: 405, headers, body: Buffer.from(JSON.stringify(problem)), etag: null };
}
