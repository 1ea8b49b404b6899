import { checkSecret, newSecret } from '../base/key-format.ts';

const kind = 'pat';

/** `pat-<site>-…`, made and checked as keys are. */
export function newAccessToken(site: string): { readonly secret: string; readonly prefix: string } {
  return newSecret(kind, site);
}

/** Whether a text is a whole token of this site, by its checksum and without a look-up. */
export function isAccessToken(text: string, site: string): boolean {
  return checkSecret(text, kind, site);
}
