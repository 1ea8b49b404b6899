import type { Facts } from './client.ts';

/** The examples at the end of a `--help`. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

/** A member as text; `absent` for null, undefined and the empty text. */
export function memberText(facts: Facts, name: string, absent = ''): string {
  const value = facts[name];
  if (value === null || value === undefined || value === '') return absent;
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** An ISO time in UTC to the second, "never" for null: support and customers speak of UTC. */
export function when(value: unknown): string {
  return typeof value === 'string' ? value.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC') : 'never';
}

/** Nested facts as `a, b`, for a person. */
export function flatten(facts: Facts, prefix = ''): [string, string][] {
  return Object.entries(facts).flatMap(([name, value]): [string, string][] => {
    const full = `${prefix}${name.replaceAll('_', ' ')}`;
    if (Array.isArray(value)) return [[full, value.map(itemText).join(', ') || 'none']];
    if (value !== null && typeof value === 'object') return flatten(value as Facts, `${full}, `);
    return [[full, String(value ?? 'none')]];
  });
}

function itemText(item: unknown): string {
  return typeof item === 'object' ? JSON.stringify(item) : String(item);
}
