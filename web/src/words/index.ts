import type { en } from './en/index.ts';

export type LanguageId = 'en' | 'zh';

/** Every message of the console, by area. English has the shape; the others follow it. */
export type Words = WordsOf<typeof en>;

/** The same members with other texts. A missing message is a type error. */
export type WordsOf<Shape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends string ? string : WordsOf<Shape[Name]>;
};

declare module 'use-intl' {
  interface AppConfig {
    Locale: LanguageId;
  }
}

/** One language is two files of the build: what everybody needs, and what only staff do. */
export async function loadWords(id: LanguageId): Promise<Words> {
  const { everybody } = id === 'zh' ? await import('./zh/everybody.ts') : await import('./en/everybody.ts');
  // Without a session as staff no page reads the other areas.
  return everybody as unknown as Words;
}

/** With the areas that `loadWords` leaves out. */
export async function loadAllWords(id: LanguageId): Promise<Words> {
  const [words, { staff }] = await Promise.all([
    loadWords(id),
    id === 'zh' ? import('./zh/staff.ts') : import('./en/staff.ts'),
  ]);
  return { ...words, ...staff };
}
