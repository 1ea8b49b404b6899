import { styleForms } from './allowed.ts';

/** Longer ones are made by no mail program. */
const longestStyle = 4_000;

/** The declarations of a style attribute that may stay, in one written form. Empty when none may. */
export function safeStyle(style: string): string {
  // An escape or a comment could spell what the forms do not allow.
  if (style.length > longestStyle || /[\\]|\/\*/.test(style)) return '';
  const kept = new Map<string, string>();
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon === -1) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important\s*$/i, '')
      .trim();
    const form = Object.hasOwn(styleForms, name) ? styleForms[name] : undefined;
    if (form?.test(name === 'font-family' ? value : value.toLowerCase())) kept.set(name, value);
  }
  return [...kept].map(([name, value]) => `${name}:${value}`).join(';');
}
