/**
 * One row as RFC 4180 writes it, with its line end. A text that a spreadsheet would run as a formula gets an apostrophe
 * before it; numbers and decimal texts stay what they are.
 */
export function csvRow(values: readonly (string | number | bigint | boolean | null)[]): string {
  return `${values.map((value) => (typeof value === 'string' ? quoted(defused(value)) : String(value ?? ''))).join(',')}\r\n`;
}

/** Tab and carriage return too: they are dropped on reading, and what stands behind them begins the cell. */
function defused(text: string): string {
  if (!/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text)) return text;
  return /^-\d+(?:\.\d+)?$/.test(text) ? text : `'${text}`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
