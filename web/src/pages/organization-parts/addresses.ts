/** Addresses in text that was typed or pasted: with names around them, between commas, semicolons, spaces or lines. */
export interface Addresses {
  /** Each once, in lower case, in their order. */
  readonly emails: readonly string[];
  /** What is there beside them and looks as if it should have been one. */
  readonly wrong: readonly string[];
}

const address = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:]+$/;

/** Pure; the API has the last word on what an address is. */
export function addressesIn(text: string): Addresses {
  // "Ada Lindqvist" <ada@example.com>: of such a line only what stands between the brackets counts.
  const bare = text.replace(/(?:"[^"\n]*"\s*|[^<>,;\n]*)<([^<>\n]*)>/g, ' $1 ');
  const parts = bare.split(/[\s,;]+/).filter((part) => part !== '');
  const emails = new Set<string>();
  const wrong = new Set<string>();
  for (const part of parts) {
    if (address.test(part)) emails.add(part.toLowerCase());
    else wrong.add(part);
  }
  return { emails: [...emails], wrong: [...wrong] };
}
