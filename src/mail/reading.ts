import type { MailKind } from './kinds.ts';
import type { MailContent } from './view.ts';

/** Mails whose links open an account, or an organization, to whoever has them. */
const keyedKinds: ReadonlySet<string> = new Set<MailKind>([
  'verify-email',
  'already-registered',
  'reset-password',
  'verify-new-email',
  'invitation',
]);

export interface ReadableMail {
  readonly mail: MailContent;
  readonly links: 'plain' | 'hidden' | 'shown';
}

/**
 * A mail as staff may read it. Whoever reads a link that resets a password can take over that account, an
 * administrator's too, so such links are hidden. One exception: where no relay takes the mail to its recipient, somebody
 * has to hand the link over; `mayHandOver` is then asked, and `shown` is to be written down.
 */
export function readable(mail: MailContent, mayHandOver: boolean): ReadableMail {
  if (!keyedKinds.has(mail.kind) || mail.body === null) return { mail, links: 'plain' };
  if (mail.state === 'shown' && mayHandOver) return { mail, links: 'shown' };
  const { text, html } = mail.body;
  return { mail: { ...mail, body: { text: hideLinks(text), html: hideLinks(html) } }, links: 'hidden' };
}

/** Leaves of every address where it leads, not what it carries. */
export function hideLinks(body: string): string {
  return body.replaceAll(/(https?:\/\/[^\s"'<>/?#]+)[^\s"'<>]*/gi, '$1/…');
}

/** HTML of a mail for a frame in a page of ours: its links open elsewhere, because a frame must not show them. */
export function framed(html: string): string {
  return html.replace('<head>', '<head>\n<base target="_blank">');
}

/** Nothing is loaded, nothing runs, and only our own pages may frame it. Styles of mails stand at their elements. */
export const frameHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'x-frame-options': 'SAMEORIGIN',
};

/** As the body of a download. */
export async function* pieceOf(text: string): AsyncIterable<string> {
  yield text;
}
