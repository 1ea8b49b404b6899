import type { MailLocale } from '../../mail/index.ts';
import { english } from './answer-words-en.ts';
import { chinese } from './answer-words-zh.ts';

/** What the desk asks for where it is not there: see `missingFacts` of the reading. */
export type AskedFact = 'request_id' | 'time' | 'error' | 'tool' | 'expected';

export type AnsweredPlan = 'starter' | 'pro' | 'enterprise';

/** Everything that an automatic answer says in one language, beside the explanation of a call itself. */
export interface AnswerWords {
  readonly greeting: string;
  /** Between two sentences. */
  readonly space: string;
  /** `told`: facts of calls follow. */
  opening(ticket: string, told: boolean): string;
  readonly personReads: string;
  /** `time`: `2026-11-23 09:00`, UTC. Null: nothing is promised. */
  target(plan: AnsweredPlan, time: string | null): string;
  request(id: string, region: string | null): string;
  /** Nothing of the table fits what happened. */
  readonly noClass: string;
  /** The key of a call that was refused for it works again. */
  readonly keyWorksNow: string;
  incident(name: string): string;
  next(action: string): string;
  /** What to do, where the explanation's own words send people to support: they are there already. */
  readonly actions: Readonly<Record<string, string>>;
  /** The same for codes that have no words. */
  readonly unknownAction: string;
  link(address: string): string;
  /** For whoever is told of other calls in the same answer. */
  untold(count: number): string;
  expired(count: number, days: number): string;
  mistyped(count: number): string;
  readonly ask: string;
  readonly asked: Readonly<Record<AskedFact, string>>;
  /** To everyone whose ids tell nothing: the same words for all reasons. */
  readonly neutral: string;
  readonly secrets: string;
  readonly vulnerability: { readonly opening: (ticket: string) => string; readonly rest: readonly string[] };
  policy(address: string): string;
  readonly howToAnswer: string;
}

const byLocale: Readonly<Record<MailLocale, AnswerWords>> = { en: english, zh: chinese };

export function answerWordsOf(locale: MailLocale): AnswerWords {
  return byLocale[locale];
}
