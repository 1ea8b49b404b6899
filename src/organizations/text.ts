/** For `ilike`: whatever is searched for stands for itself. Postgres keeps no NUL in a text. */
export function likePart(search: string): string {
  return `%${search.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`;
}
