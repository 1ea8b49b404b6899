import { useCallback } from 'react';
import { ApiProblem, asProblem } from '../api/problem.ts';
import { useProblemWords } from '../words/use-problem-words.ts';

/** A wrong code is a mistake in its field, where the next one is typed. @returns what to throw in a form's submit */
export function useCodeProblem(): (error: unknown, field: string) => unknown {
  const words = useProblemWords();
  return useCallback(
    (error, field) => {
      const problem = asProblem(error);
      if (problem.code !== 'two_factor_code_wrong') return error;
      const { status, code, detail, request_id } = problem;
      const errors = [{ field: `body.${field}`, message: words(problem) }];
      return new ApiProblem({ status, code, detail, errors, request_id }, { cause: error });
    },
    [words],
  );
}
