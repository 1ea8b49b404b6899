const units = ['B', 'kB', 'MB', 'GB'] as const;

/** 1234567 bytes → "1.2 MB"; `write` writes a number in the reader's language. Pure. */
export function sizeText(bytes: number, write: (value: number, options?: Intl.NumberFormatOptions) => string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${write(value, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 })} ${units[unit]}`;
}
