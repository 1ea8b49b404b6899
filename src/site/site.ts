import type { RequestListener } from 'node:http';
import { type Clock, systemClock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { newRequestId } from '../base/request-id.ts';
import { type Answer, etagOf, pageHeaders, pageLocale, problemOf, send } from '../http/index.ts';

import { icon } from './icon.ts';
import { readImages } from './images.ts';
import { PageShelf, type SiteFacts } from './page-shelf.ts';
import { securityTxt } from './security-txt.ts';
import { siteStyle } from './style.ts';
import { siteWords } from './words.ts';

export interface SiteOptions extends SiteFacts {
  readonly clock?: Clock;
}

/** The listener for a request target such as `/docs/errors?lang=zh`; null when the path is not the site's. */
export type Site = (path: string) => RequestListener | null;

/** What of a request decides the answer. */
interface Asked {
  readonly path: string;
  readonly query: string;
  readonly acceptLanguage: string | undefined;
}

const docsPath = '/docs';
const imagesPath = '/docs/images/';
const securityTxtPath = '/.well-known/security.txt';
const iconPath = '/favicon.svg';
const htmlHeaders = { ...pageHeaders(siteStyle, { images: true }), vary: 'Accept-Language' };

/**
 * Makes the public pages.
 *
 * @throws AppError `docs_missing`
 */
export function createSite(options: SiteOptions): Site {
  const clock = options.clock ?? systemClock;
  const shelf = new PageShelf(options);
  const images = readImages();
  const listener: RequestListener = (request, response) => {
    const given = response.getHeader('x-request-id');
    const requestId = typeof given === 'string' ? given : newRequestId(clock.now());
    response.setHeader('X-Request-Id', requestId);
    const { method = '', headers } = request;
    const answer =
      method === 'GET' || method === 'HEAD'
        ? (imageAt(request.url ?? '', images) ??
          answerTo(
            { ...partsOf(request.url ?? ''), acceptLanguage: headers['accept-language'] },
            shelf,
            options,
            clock,
          ))
        : methodNotAllowed(method, requestId, options.url());
    send(request, response, answer);
  };
  return (path) => (isOurs(path) ? listener : null);
}

/** Every call of the gateway passes here first. */
function isOurs(path: string): boolean {
  return isAt(path, docsPath, '?#/') || isAt(path, iconPath, '?#') || isAt(path, securityTxtPath, '?#');
}

function isAt(path: string, place: string, mayFollow: string): boolean {
  return path.startsWith(place) && (path.length === place.length || mayFollow.includes(path.charAt(place.length)));
}

/** The path and the query of a request target. Nothing is decoded: an address that needs it is no page of ours. */
function partsOf(target: string): { path: string; query: string } {
  const [whole = ''] = target.split('#', 1);
  const mark = whole.indexOf('?');
  return mark < 0 ? { path: whole, query: '' } : { path: whole.slice(0, mark), query: whole.slice(mark + 1) };
}

function answerTo(asked: Asked, shelf: PageShelf, options: SiteOptions, clock: Clock): Answer {
  const { path, query } = asked;
  if (path === securityTxtPath) {
    const text = securityTxt(options.supportAddress, options.url(), clock.now());
    return { ...fileAnswer('text/plain; charset=utf-8', 3_600, Buffer.from(text)), etag: null };
  }
  if (path === iconPath) return fileAnswer('image/svg+xml', 86_400, Buffer.from(icon));
  const locale = pageLocale(asked.acceptLanguage, query);
  const slug = slugOf(path, shelf);
  const page = shelf.page(slug, locale, new URLSearchParams(query).get('lang') === locale);
  if (slug === null) return pageAnswer(404, siteWords[locale].language, 'no-store', page.body, null);
  if (path.endsWith('/')) {
    const headers = { location: page.address, 'cache-control': 'public, max-age=300', vary: 'Accept-Language' };
    return { status: 308, headers, body: Buffer.alloc(0), etag: null };
  }
  return pageAnswer(200, siteWords[locale].language, 'public, max-age=300', page.body, page.etag);
}

function imageAt(target: string, images: ReadonlyMap<string, Buffer>): Answer | null {
  const { path } = partsOf(target);
  const image = path.startsWith(imagesPath) ? images.get(path.slice(imagesPath.length)) : undefined;
  return image === undefined ? null : fileAnswer('image/png', 3_600, image);
}

/** The slug of a page that there is, empty for the start page; null for everything else. */
function slugOf(path: string, shelf: PageShelf): string | null {
  const slug = path.slice(docsPath.length + 1).replace(/\/$/, '');
  if (path === docsPath || path === `${docsPath}/`) return '';
  return shelf.has(slug) ? slug : null;
}

function pageAnswer(status: number, language: string, cacheControl: string, body: Buffer, etag: string | null): Answer {
  const headers = { ...htmlHeaders, 'content-language': language, 'cache-control': cacheControl };
  return { status, headers, body, etag };
}

function fileAnswer(contentType: string, maxAgeSeconds: number, body: Buffer): Answer {
  const headers = { 'content-type': contentType, 'cache-control': `public, max-age=${maxAgeSeconds}` };
  return { status: 200, headers, body, etag: etagOf(body) };
}

function methodNotAllowed(method: string, requestId: string, url: string): Answer {
  const message = `This address is a page for people and takes GET and HEAD, not ${method}. The base URL of the API ends before it.`;
  const problem = problemOf(
    new AppError('method_not_allowed', message),
    { method_not_allowed: 405 },
    requestId,
    `${url}/docs`,
  );
  const headers = { 'content-type': 'application/problem+json', allow: 'GET, HEAD', 'cache-control': 'no-store' };
  return { status: 405, headers, body: Buffer.from(JSON.stringify(problem)), etag: null };
}
