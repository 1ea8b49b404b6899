/** Comma-separated values, RFC 4180: lines end with CRLF, quotes are doubled. Pure. */

/** What a spreadsheet would take for UTF-8. */
export const byteOrderMark = '\ufeff';

export type CsvValue = string | number | bigint | null;

export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection). */
function csvCell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
