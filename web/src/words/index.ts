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

/** One language is one file of the build. */
export async function loadWords(id: LanguageId): Promise<Words> {
  return id === 'zh' ? (await import('./zh/index.ts')).zh : (await import('./en/index.ts')).en;
}
