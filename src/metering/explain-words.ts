import { english } from './explain-words-en.ts';
import { chinese } from './explain-words-zh.ts';

/** Languages in which a request is explained. */
export const explainLocales = ['en', 'zh'] as const;
export type ExplainLocale = (typeof explainLocales)[number];

/** Why a call was not served, and what whoever has to act does about it. */
export interface CodeWords {
  readonly why: string;
  readonly action: string;
}

export interface AskedWords {
  /** `2026-11-21` and `12:30:05`, UTC. */
  readonly date: string;
  readonly time: string;
  /** Null: a caller without a usable key. */
  readonly keyPrefix: string | null;
  readonly endpoint: string;
  readonly method: string;
  /** Name and version; empty when unknown. */
  readonly tool: string;
  readonly model: string | null;
  /** What the name stands for, when it is an alias. */
  readonly alias: string | null;
  /** What answered, when it has another name. */
  readonly served: string | null;
}

export interface FailedTry {
  readonly number: number;
  readonly failure: string;
  readonly status: number | null;
  readonly vendorRequestId: string | null;
}

export interface LimitWords {
  readonly kind: string;
  /** With their unit, where they have one. */
  readonly limit: string;
  readonly used: string;
  /** `12:31:00`, UTC. */
  readonly reset: string | null;
}

export interface ChargeWords {
  /** Of `rules`. */
  readonly rule: string;
  readonly price: string | null;
  readonly cost: string;
  /** Null when it is 1. */
  readonly multiplier: string | null;
  readonly actualCost: string;
}

/** Everything that an explanation says in one language. Tables by stable name, sentences from parts. */
export interface ExplainWords {
  readonly outcomes: Readonly<Record<string, string>>;
  readonly codes: Readonly<Record<string, CodeWords>>;
  readonly unknownCode: CodeWords;
  readonly rules: Readonly<Record<string, string>>;
  /** Who has to act, to staff and to the customer. */
  readonly actors: Readonly<Record<string, string>>;
  readonly actorsToCustomer: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  readonly classes: Readonly<Record<string, string>>;
  /** Between two sentences. */
  readonly space: string;
  reason(why: string, status: number | null, code: string): string;
  asked(parts: AskedWords): string;
  tries(count: number, failed: readonly FailedTry[], served: number | null): string;
  times(firstMs: number | null, wholeMs: number): string;
  limit(parts: LimitWords): string;
  usage(source: string, classes: readonly (readonly [words: string, tokens: number])[], images: number): string;
  reasoning(tokens: number): string;
  readonly usageUnknown: string;
  charged(parts: ChargeWords): string;
  uncharged(rule: string): string;
  readonly nothingCharged: string;
  toAct(actor: string): string;
  readonly support: SupportWords;
}

/** Labels of the text that a customer copies for support. */
export interface SupportWords {
  readonly request: string;
  readonly received: string;
  readonly key: string;
  readonly endpoint: string;
  readonly model: string;
  readonly tool: string;
  readonly answer: string;
  readonly region: string;
  readonly duration: string;
  readonly vendorIds: string;
  readonly charged: string;
  readonly noContent: string;
}

const byLocale: Readonly<Record<ExplainLocale, ExplainWords>> = { en: english, zh: chinese };

export function wordsOf(locale: ExplainLocale): ExplainWords {
  return byLocale[locale];
}
