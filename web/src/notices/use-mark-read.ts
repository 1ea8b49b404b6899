import { useCallback } from 'react';
import { api } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { useChanged } from '../api/queries.ts';
import { useSession } from '../session.tsx';
import { toast } from '../ui/toasts.tsx';
import { useProblemWords } from '../words/use-problem-words.ts';

/** Marks notifications as read; null: all. Does nothing while staff look with a customer's eyes. */
export function useMarkRead(): (ids: readonly string[] | null) => Promise<void> {
  const changed = useChanged();
  const words = useProblemWords();
  const mayChange = useSession().acting_as === null;
  return useCallback(
    async (ids) => {
      if (!mayChange) return;
      try {
        await api.post('/control/v1/notifications/read', { body: ids === null ? { all: true } : { ids: [...ids] } });
        await changed('/control/v1/notifications');
      } catch (error) {
        toast({ tone: 'danger', text: words(asProblem(error)) });
      }
    },
    [changed, words, mayChange],
  );
}
