import { asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';

interface Attempt {
  readonly work: () => Promise<unknown>;
  /** What is said when it has worked. */
  readonly text: string;
  readonly undo?: () => Promise<unknown>;
  /** Reads again what was changed. */
  readonly renew: () => Promise<unknown>;
}

/** Does something at once, without a dialog: says that it was done, how to take it back, or why it was refused. */
export function useAttempt(): (attempt: Attempt) => Promise<void> {
  const words = useProblemWords();
  const attempt = async ({ work, text, undo, renew }: Attempt): Promise<void> => {
    const back = (error: unknown) => toast({ tone: 'danger', text: words(asProblem(error)) });
    try {
      await work();
      toast({ text, ...(undo ? { undo: () => void undo().then(renew).catch(back) } : {}) });
      await renew();
    } catch (error) {
      back(error);
    }
  };
  return attempt;
}
