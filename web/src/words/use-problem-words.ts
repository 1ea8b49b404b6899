import { useMessages } from 'use-intl';
import type { ApiProblem } from '../api/problem.ts';

/**
 * A problem in the reader's language: by its code where the language has words for it, else as the API put it, in
 * English. So the English words hold the console's own codes only.
 */
export function useProblemWords(): (problem: ApiProblem) => string {
  const { problems } = useMessages();
  const known: Readonly<Record<string, string>> = problems;
  return (problem) => known[problem.code] ?? problem.detail;
}
