import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react';
import { IntlProvider, type Messages } from 'use-intl';
import { store, stored } from './storage.ts';
import { type LanguageId, loadAllWords, loadWords, type Words } from './words/index.ts';

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
  /** The words of pages for staff are here. */
  readonly hasAllWords: boolean;
  fetchAllWords(): Promise<void>;
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
  const [hasAllWords, setHasAllWords] = useState(false);
  // Of the last wish: what arrives for an earlier one is too late.
  const wish = useRef({ id: first.id, all: false });
  const fulfil = useCallback(async (wanted: typeof wish.current) => {
    wish.current = wanted;
    const words = await (wanted.all ? loadAllWords : loadWords)(wanted.id);
    if (wish.current !== wanted) return;
    document.documentElement.lang = tagOf(wanted.id);
    setSpoken({ id: wanted.id, words });
    setHasAllWords(wanted.all);
  }, []);
  const speak = useCallback((id: LanguageId) => fulfil({ ...wish.current, id }), [fulfil]);
  const fetchAllWords = useCallback(() => fulfil({ ...wish.current, all: true }), [fulfil]);
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
    () => (language ? { ...language, timeZone, choose, adopt, hasAllWords, fetchAllWords } : null),
    [language, timeZone, choose, adopt, hasAllWords, fetchAllWords],
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
