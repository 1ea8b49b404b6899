import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import { IntlProvider, type Messages } from 'use-intl';
import { store, stored } from './storage.ts';
import { type LanguageId, loadWords, type Words } from './words/index.ts';

export interface Language {
  readonly id: LanguageId;
  /** BCP 47, for Intl and `lang`. */
  readonly tag: string;
  /** In itself, as it stands in menus. */
  readonly name: string;
}

export const languages: readonly Language[] = [
  { id: 'en', tag: 'en', name: 'English' },
  { id: 'zh', tag: 'zh-CN', name: '简体中文' },
];

interface LanguageChoice extends Language {
  /** Of the account; undefined is the browser's own. */
  readonly timeZone: string | undefined;
  /** The reader's own choice: it is kept, and nothing overrides it. */
  choose(id: LanguageId): Promise<void>;
  /** What the account says, where the reader has chosen nothing here. */
  adopt(locale: string | null, timeZone: string | null): Promise<void>;
}

/** As in `public/early.js`. */
const storageName = 'lodge.language';
const LanguageContext = createContext<LanguageChoice | null>(null);

export function useLanguage(): LanguageChoice {
  const choice = use(LanguageContext);
  if (choice === null) throw new Error('useLanguage needs the LanguageProvider.');
  return choice;
}

/** `zh-CN`, `zh_Hans`, `ZH` → zh; null for a language that the console does not speak. */
export function languageOf(tag: string | null): Language | null {
  const primary = (tag ?? '').toLowerCase().split(/[-_]/)[0];
  return languages.find((language) => language.id === primary) ?? null;
}

/** Stored choice, then the browser's list, then English. */
export function firstLanguage(): LanguageId {
  const wanted = [stored(storageName), ...navigator.languages];
  return wanted.map(languageOf).find((language) => language !== null)?.id ?? 'en';
}

interface LanguageProviderProps {
  readonly first: { readonly id: LanguageId; readonly words: Words };
  readonly children: ReactNode;
}

export function LanguageProvider({ first, children }: LanguageProviderProps) {
  const [spoken, setSpoken] = useState(first);
  const [timeZone, setTimeZone] = useState<string>();
  const speak = useCallback(async (id: LanguageId) => {
    const words = await loadWords(id);
    document.documentElement.lang = tagOf(id);
    setSpoken({ id, words });
  }, []);
  const choose = useCallback(
    (id: LanguageId) => {
      store(storageName, id);
      return speak(id);
    },
    [speak],
  );
  const adopt = useCallback(
    async (locale: string | null, zone: string | null) => {
      setTimeZone(zone !== null && isTimeZone(zone) ? zone : undefined);
      const language = stored(storageName) === null ? languageOf(locale) : null;
      if (language) await speak(language.id);
    },
    [speak],
  );
  const language = languageOf(spoken.id) ?? languages[0];
  const choice = useMemo(
    () => (language ? { ...language, timeZone, choose, adopt } : null),
    [language, timeZone, choose, adopt],
  );
  return (
    <LanguageContext value={choice}>
      <IntlProvider
        locale={spoken.id}
        messages={spoken.words as Messages}
        timeZone={timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}
        onError={(error) => console.error(error)}
      >
        {children}
      </IntlProvider>
    </LanguageContext>
  );
}

function tagOf(id: LanguageId): string {
  return languageOf(id)?.tag ?? id;
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}
