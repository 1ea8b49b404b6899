/** Where the console stands; nothing else is a place to come back to. */
const home = '/console/';

/** Pages of people on their way in: nobody comes back to them. */
const frontPages =
  /^\/console\/(?:sign-in|register|sign-out|check-mail|verify-email|forgot-password|reset-password|new-password)\b/;

/**
 * Where to go on after signing in: `next` when it is a page of this console, else the first page. Pure. What looks like
 * a path may lead away from the site: `//evil.example`, `/\evil.example`, `/console/../other`.
 */
export function safeNext(next: string | null | undefined): string {
  // White space and control characters: browsers drop some of them, and see another address.
  if (!next?.startsWith(home) || /[\\\u0000-\u0020\u007f]/.test(next)) return home;
  const origin = 'https://console.invalid';
  if (!URL.canParse(next, origin)) return home;
  const url = new URL(next, origin);
  if (url.origin !== origin || !url.pathname.startsWith(home)) return home;
  if (frontPages.test(url.pathname)) return home;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The address of the sign-in page that leads back to `here`, a path with query. */
export function signInPath(here: string): string {
  const next = safeNext(here);
  return next === home ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}
