/** A piece of sanitised HTML, which has one form: small letters, every value in double quotes, four entities. */
export type Token =
  | { readonly kind: 'text'; readonly source: string }
  | { readonly kind: 'open'; readonly source: string; readonly tag: string; readonly attributes: string }
  | { readonly kind: 'close'; readonly source: string; readonly tag: string };

const form = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)(?: \/)?>|[^<]+|</g;

/** In one pass, without nesting: as deep as it may be. */
export function* tokensOf(html: string): Generator<Token> {
  for (const [source, slash, tag, attributes = ''] of html.matchAll(form)) {
    if (tag === undefined) yield { kind: 'text', source };
    else if (slash === '/') yield { kind: 'close', source, tag };
    else yield { kind: 'open', source, tag, attributes };
  }
}

/** The value of an attribute, read. Null when it is not there. */
export function attributeOf(attributes: string, name: string): string | null {
  for (const [, found, value = ''] of attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)) {
    if (found === name) return plain(value);
  }
  return null;
}

/** The text that stands for itself. */
export function plain(source: string): string {
  return source.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
