import { isIP } from 'node:net';
import { AppError } from '../base/errors.ts';
import { isPublicAddress } from './address-rules.ts';

/** Stands for the site's own sandbox vendor, wherever it listens. */
export const sandboxBaseUrl = 'sandbox:';

const maxLength = 2_048;

/** Names that lead to this machine or its network by definition (RFC 6761, 6762, 8375; `.internal` by ICANN). */
const privateNames = ['localhost', 'local', 'internal', 'home.arpa', 'intranet', 'lan'];

/**
 * A channel's base URL in its one written form, without a trailing slash. A name is not resolved here: it may answer
 * differently later, so the gateway looks again at the address it dials.
 *
 * @throws AppError `channel_address_invalid`, `channel_address_not_allowed`
 */
export function checkBaseUrl(text: string, allowPrivate: boolean): string {
  const given = text.trim();
  if (given === sandboxBaseUrl) return given;
  if (given.length > maxLength || !URL.canParse(given))
    throw invalid('is no address such as https://api.example.com/v1');
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid('must begin with https:// or http://');
  if (url.username !== '' || url.password !== '')
    throw invalid('must not hold a user name or password: give the credential apart from it');
  // `URL` drops a lone "?" or "#", so look at the text.
  if (/[?#]/.test(given)) throw invalid('must not hold a query or fragment');
  if (/%2f|%5c/i.test(url.pathname) || url.pathname.includes('//'))
    throw invalid('must not hold an encoded or double slash');
  if (!allowPrivate && !mayBePublic(url.hostname))
    throw new AppError(
      'channel_address_not_allowed',
      `${url.hostname} is this machine, a private network or a reserved range. If the channel is meant to lead there, start Lodge with LODGE_ALLOW_PRIVATE_UPSTREAMS=yes.`,
    );
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** Splits a checked base URL: `https://host/v1` → `https://host` and `/v1`. */
export function splitBaseUrl(baseUrl: string): { readonly origin: string; readonly basePath: string } {
  const url = new URL(baseUrl);
  return { origin: url.origin, basePath: url.pathname.replace(/\/+$/, '') };
}

function mayBePublic(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) !== 0) return isPublicAddress(host);
  // A name without a dot is looked up in the local network.
  return host.includes('.') && !privateNames.some((name) => host.endsWith(`.${name}`));
}

function invalid(why: string): AppError {
  return new AppError('channel_address_invalid', `The base URL ${why}.`);
}
