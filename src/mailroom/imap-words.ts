/** What went wrong between us and an IMAP server, for whoever set it up: what to look at next. */
export interface ImapTrouble {
  readonly code: 'dns' | 'unreachable' | 'tls' | 'login' | 'folder' | 'other';
  readonly words: string;
}

interface ImapErrorFacts {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly responseText?: unknown;
  readonly authenticationFailed?: unknown;
  readonly mailboxMissing?: unknown;
  readonly tlsFailed?: unknown;
}

const dnsCodes: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'ENODATA']);
const awayCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CONNECT_TIMEOUT',
  'GREETING_TIMEOUT',
  'GREEETING_TIMEOUT',
]);

/** Pure. `server` is named in the words; nothing of the password can be in them. */
export function troubleOf(
  error: unknown,
  server: { readonly host: string; readonly port: number; readonly folder: string },
): ImapTrouble {
  const facts = (error ?? {}) as ImapErrorFacts;
  const name = `${server.host}:${server.port}`;
  const said = typeof facts.responseText === 'string' ? ` The server says: ${oneLine(facts.responseText)}` : '';
  if (facts.authenticationFailed === true)
    return {
      code: 'login',
      words: `User or password is refused by ${name}; some providers want a password made for programs.${said}`,
    };
  if (facts.mailboxMissing === true)
    return { code: 'folder', words: `There is no folder "${server.folder}" at ${name}.${said}` };
  if (dnsCodes.has(facts.code)) return { code: 'dns', words: `The name ${server.host} is not known; check the host.` };
  if (facts.tlsFailed === true || isTls(facts)) {
    const reason = typeof facts.message === 'string' ? ` (${oneLine(facts.message)})` : '';
    return {
      code: 'tls',
      words: `No safe connection to ${name}${reason}; check port, TLS and the certificate's name.`,
    };
  }
  if (awayCodes.has(facts.code))
    return { code: 'unreachable', words: `${name} does not answer; check host, port and firewall.` };
  const reason = typeof facts.message === 'string' ? oneLine(facts.message) : 'no reason given';
  return { code: 'other', words: `Reading mail from ${name} failed: ${reason}.${said}` };
}

function isTls({ code, message }: ImapErrorFacts): boolean {
  const text = `${String(code ?? '')} ${typeof message === 'string' ? message : ''}`;
  return /CERT|ERR_TLS|ERR_SSL|SSL routines|self.signed|wrong version number|STARTTLS/i.test(text);
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
