import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../base/errors.ts';

/**
 * Refuses writes that another site makes a browser send. Browsers name the origin of such a call; the header that only
 * our console sends makes every foreign page ask first (CORS), which nobody here grants. Calls with a token need neither:
 * a browser never adds that by itself.
 *
 * @throws AppError `cross_site_request`
 */
export function refuseCrossSite(headers: IncomingHttpHeaders, ownOrigins: readonly string[]): void {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const foreign = (origin !== undefined && !ownOrigins.includes(origin)) || site === 'cross-site';
  if (!foreign && headers['x-lodge-console'] === '1') return;
  throw new AppError(
    'cross_site_request',
    foreign
      ? 'This call comes from a page of another site. If it is yours, set LODGE_PUBLIC_URL to the address in the browser.'
      : 'Calls with a session must carry "X-Lodge-Console: 1"; programs use a personal access token.',
  );
}
