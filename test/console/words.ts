import { en } from '../../web/src/words/en/index.ts';
import type { Language } from './browser.ts';

type Spoken<Shape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends string ? string : Spoken<Shape[Name]>;
};

/** What the console says, by area: tests press what people read. */
export type Words = Spoken<typeof en>;

export async function wordsOf(language: Language): Promise<Words> {
  if (language === 'en') return en;
  // Not a constant: the other languages are typed with the console, whose settings are the browser's.
  const file = `../../web/src/words/${language}/index.ts`;
  const module = (await import(file)) as Readonly<Record<string, Words>>;
  const words = module[language];
  if (words === undefined) throw new Error(`${file} exports no ${language}.`);
  return words;
}

/** A text with its places filled. */
export function say(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
