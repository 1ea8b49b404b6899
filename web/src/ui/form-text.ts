/** A field of a form as text; trimmed unless it is a password. */
export function formText(values: FormData, name: string): string {
  const value = values.get(name);
  if (typeof value !== 'string') return '';
  return name.includes('password') ? value : value.trim();
}
