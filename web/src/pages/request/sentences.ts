import type { RequestView } from './view.ts';

interface Sentences {
  /** What happened. Null: it was answered, and the page says so with the time that it took. */
  readonly headline: string | null;
  readonly others: readonly string[];
}

/**
 * The API's explanation, taken apart for a page that says who has to act in a place of its own. It begins with what was
 * asked and what happened, and ends with who has to act where somebody has to. Pure.
 */
export function sentencesOf(view: Pick<RequestView, 'explanation' | 'outcome' | 'error_code' | 'fault'>): Sentences {
  const { explanation, outcome, error_code: code, fault } = view;
  const [asked, happened, ...rest] = explanation;
  const others = fault !== null && outcome !== 'completed' ? rest.slice(0, -1) : rest;
  return {
    headline: outcome === 'completed' && code === null ? null : (happened ?? null),
    others: asked === undefined ? others : [asked, ...others],
  };
}
