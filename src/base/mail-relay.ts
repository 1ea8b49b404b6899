/** Where mail is handed to, from `LODGE_MAIL_RELAY`. */
export interface MailRelay {
  /** Name or address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** implicit: TLS from the first byte. required: STARTTLS or nothing. optional: STARTTLS when it is offered. */
  readonly tls: 'implicit' | 'required' | 'optional';
  readonly credentials: { readonly user: string; readonly password: string } | null;
}

const example = 'smtp://user:password@smtp.example.com:587';

/**
 * `smtp://` (port 587) begins in clear and turns to TLS by STARTTLS, `smtps://` (port 465) begins with TLS. STARTTLS is
 * required unless the relay is on this machine; `?tls=required` and `?tls=optional` say otherwise. User and password
 * are percent-encoded.
 *
 * @throws Error whose message completes "LODGE_MAIL_RELAY must be …"; it never repeats the text, which holds a password
 */
export function parseMailRelay(text: string): MailRelay {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    throw new Error(`an address such as ${example}`);
  if (!/^\/?$/.test(url.pathname) || url.hash !== '')
    throw new Error(`an address such as ${example}, without a path; percent-encode "/", "#" and "?" in a password`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const tls = tlsOf(url, host);
  const credentials = credentialsOf(url);
  if (credentials !== null && tls === 'optional' && !isLoopbackHost(host))
    throw new Error('an address without tls=optional: the password would cross the network in clear');
  const port = url.port === '' ? (tls === 'implicit' ? 465 : 587) : Number(url.port);
  return { host, port, tls, credentials };
}

/** Whether a host name or address can only be this machine. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:.+\.)?localhost$/i.test(host) || /^\[?(?:::1|(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})\]?$/i.test(host);
}

function tlsOf(url: URL, host: string): MailRelay['tls'] {
  const { searchParams } = url;
  const asked = searchParams.get('tls');
  if ([...searchParams.keys()].some((name) => name !== 'tls') || searchParams.getAll('tls').length > 1)
    throw new Error('an address whose query has nothing but tls=required or tls=optional');
  if (url.protocol === 'smtps:') {
    if (asked === 'optional') throw new Error('an smtp:// address for tls=optional; smtps:// always begins with TLS');
    return 'implicit';
  }
  if (asked === null) return isLoopbackHost(host) ? 'optional' : 'required';
  if (asked === 'required' || asked === 'optional') return asked;
  throw new Error('an address with tls=required or tls=optional');
}

function credentialsOf(url: URL): MailRelay['credentials'] {
  if (url.username === '' && url.password === '') return null;
  if (url.username === '' || url.password === '') throw new Error(`an address with both user and password: ${example}`);
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    throw new Error('an address whose user and password are percent-encoded: "%" is written %25, "@" is written %40');
  }
}
