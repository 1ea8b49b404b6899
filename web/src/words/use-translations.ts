import type { ReactNode } from 'react';
import { useTranslations as useMessagesOf } from 'use-intl';
import type { Words } from './index.ts';

/** Paths from a part of the words to its messages: `form.name`. */
type MessageIn<Part> = {
  [Name in keyof Part & string]: Part[Name] extends string ? Name : `${Name}.${MessageIn<Part[Name]>}`;
}[keyof Part & string];

type AreaIn<Part> = {
  [Name in keyof Part & string]: Part[Name] extends string ? never : Name | `${Name}.${AreaIn<Part[Name]>}`;
}[keyof Part & string];

type At<Part, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Part
    ? At<Part[Head], Rest>
    : never
  : Path extends keyof Part
    ? Part[Path]
    : never;

/** A part of the words: an area, or a part of one. */
export type Area = AreaIn<Words>;
/** A message of an area by its path. */
export type Message<A extends Area> = MessageIn<At<Words, A>>;

type Values = Readonly<Record<string, string | number | Date>>;
type RichValues = Readonly<
  Record<string, string | number | Date | ReactNode | ((chunks: ReactNode) => ReactNode) | undefined>
>;

/** Messages of an area in the chosen language. */
export interface Translate<A extends Area> {
  (message: Message<A>, values?: Values): string;
  /** With elements in the place of values and tags. */
  rich(message: Message<A>, values?: RichValues): ReactNode;
  has(message: string): boolean;
}

/**
 * The messages of an area. The library's own type reads the arguments off every text, which takes the compiler minutes for
 * as many texts as there are; `words.test.ts` and the browser tests see to the arguments.
 */
export function useTranslations<A extends Area>(area: A): Translate<A> {
  return useMessagesOf(area as never) as unknown as Translate<A>;
}
