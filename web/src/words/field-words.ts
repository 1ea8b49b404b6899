import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { en } from './en/index.ts';

type FieldKey = keyof typeof en.fields;

/** Texts of the API about a field, and what the console says for them. A number in one is `{count}`. */
export const fieldMessages: readonly (readonly [RegExp, FieldKey])[] = [
  [/^is missing$/, 'missing'],
  [/^is too long$/, 'tooLong'],
  [/^must have at most (\d+) characters$/, 'long'],
  [/^must have at least (\d+) characters$/, 'short'],
  [/^must be one line of (?:printable characters|text)$/, 'oneLine'],
  [/^must not (?:hold|have) (?:control characters|NUL)$/, 'oneLine'],
  [/^must be (?:a|one) mail address\b/, 'email'],
  [/^must be an address (?:such as|that begins with) http/, 'addressNeeded'],
  [/^is not your present password$/, 'passwordWrong'],
  [/^is needed: enter your present password$/, 'passwordNeeded'],
  [/^must be another than the present one$/, 'passwordSame'],
  [/^must not be made of your address, your name/, 'passwordOwn'],
  [/^is one that many people use/, 'passwordCommon'],
  [/^is your address already$/, 'addressOwn'],
  [/^must be the address of this account/, 'addressTyped'],
  [/^is none of your organizations$/, 'organization'],
  [/^must be a zone such as /, 'zone'],
  [/^must lie in the future$/, 'future'],
  [/^must be later than the beginning$/, 'later'],
  [/^needs words in one language at least$/, 'wordsNeeded'],
  [/^say why\b/, 'reason'],
  [/^choose at least one$/, 'choose'],
  [/^a decimal amount of USD/, 'amount'],
];

/** Which words a text of the API has; null: its own. Pure. */
export function fieldWords(message: string): { readonly key: FieldKey; readonly count: string } | null {
  for (const [pattern, key] of fieldMessages) {
    const match = pattern.exec(message);
    if (match) return { key, count: match[1] ?? '' };
  }
  return null;
}

/** As a sentence: the API's texts go on from the field's name. Pure. */
export function asSentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[\p{L}\p{N})"'’]$/u.test(text) && !/\p{Script=Han}$/u.test(text) ? `${text}.` : text;
}

/** What the API says of a field, in the reader's language where it has words for it, else in the API's own. */
export function useFieldWords(): (message: string) => string {
  const t = useTranslations('fields');
  return useCallback(
    (message) => {
      const known = fieldWords(message);
      return known === null ? asSentence(message) : t(known.key, { count: known.count });
    },
    [t],
  );
}
