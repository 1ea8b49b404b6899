import { useCallback } from 'react';
import { api } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { toast } from '../ui/toasts.tsx';
import { useProblemWords } from '../words/use-problem-words.ts';

/** Ends the session and leaves the page: nothing of the account stays in memory. `to`: a page of this console. */
export function useSignOut(to = '/console/sign-in'): () => void {
  const words = useProblemWords();
  return useCallback(() => {
    api.delete('/control/v1/session').then(
      () => window.location.assign(to),
      (error: unknown) => toast({ tone: 'danger', text: words(asProblem(error)) }),
    );
  }, [words, to]);
}
