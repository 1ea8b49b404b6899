/** Entries of a list that is typed into one field: by line or comma, each once. Pure. */
export function entriesOf(text: string): string[] {
  const entries = text
    .split(/[\n,，、;；]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return [...new Set(entries)];
}
