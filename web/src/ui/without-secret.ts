/** A whole key: its fixed part and 8 public characters, then what nobody may see again. */
const wholeKey = /\b(sk-[a-z0-9]{2,16}-[0-9A-Za-z]{8})[0-9A-Za-z]{8,}/g;

/** Text that was pasted, with every key in it cut to its public prefix, before it stands in an address. Pure. */
export function withoutSecret(text: string): string {
  return text.replace(wholeKey, '$1');
}
