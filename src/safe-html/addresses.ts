/** What an image's address is, of those that may stay. */
export type ImageAddress =
  | { readonly kind: 'content'; readonly id: string }
  | { readonly kind: 'inline'; readonly address: string }
  | { readonly kind: 'remote'; readonly address: string };

const longestAddress = 4_000;
/** Signatures carry small logos so; what is larger comes as an attachment. */
const longestInline = 96 * 1024;
/** Bitmaps alone: an SVG is a document. */
const inlineForm = /^data:image\/(?:png|jpeg|gif|webp);base64,[0-9A-Za-z+/]+={0,2}$/;

/** The address of a link, or null: web pages, mail and phone, whole, without anything that browsers would read away. */
export function linkAddress(text: string): string | null {
  const address = bare(text);
  if (address === null || !/^(?:https?:\/\/|mailto:|tel:)/i.test(address)) return null;
  return /^https?:/i.test(address) && !URL.canParse(address) ? null : address;
}

export function imageAddress(text: string): ImageAddress | null {
  if (text.startsWith('data:')) {
    const isSafe = text.length <= longestInline && inlineForm.test(text);
    return isSafe ? { kind: 'inline', address: text } : null;
  }
  const address = bare(text);
  if (address === null) return null;
  if (/^cid:/i.test(address)) return contentOf(address.slice(4));
  const whole = address.startsWith('//') ? `https:${address}` : address;
  return /^https?:\/\//i.test(whole) && URL.canParse(whole) ? { kind: 'remote', address: whole } : null;
}

function contentOf(id: string): ImageAddress | null {
  return /^[^\s<>"'&]{1,250}$/.test(id) ? { kind: 'content', id } : null;
}

function bare(text: string): string | null {
  const address = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, '');
  return address.length > longestAddress || address === '' ? null : address;
}

/** Endings of file names that would pass for hosts. */
const fileEnding =
  /\.(?:pdf|txt|html?|js|ts|tsx|jsx|json|md|png|jpe?g|gif|svg|zip|gz|tar|log|csv|xml|ya?ml|toml|env|exe|docx?|xlsx?|pptx?|py|rs|go|java|css|php|net|so|ini|conf)$/i;

/**
 * The host that a link leads to, when its text shows another one or its address hides it behind a user's name. Null: a
 * reader is not misled. In ASCII, so that letters of other scripts show.
 */
export function otherHost(address: string, text: string): string | null {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return null;
  const { hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return hostname;
  const shown = shownHost(text);
  if (shown === null || isSame(shown, hostname)) return null;
  return hostname;
}

function shownHost(text: string): string | null {
  const line = text
    .slice(0, 500)
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[。｡]/g, '.');
  const found =
    /(https?:\/\/|@)?((?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,6}\p{L}[\p{L}\p{N}-]{1,23})(?![\p{L}\p{N}@])/iu.exec(
      line,
    );
  if (found === null) return null;
  const [, before = '', host = ''] = found;
  if (before === '' && (fileEnding.test(host) || /@$/.test(line.slice(0, found.index)))) return null;
  const whole = `https://${host}`;
  return URL.canParse(whole) ? new URL(whole).hostname : host;
}

function isSame(shown: string, hostname: string): boolean {
  const plain = shown.replace(/^www\./, '');
  return hostname === plain || hostname.endsWith(`.${plain}`);
}
