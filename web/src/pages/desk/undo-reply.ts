import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { useTicketsChanged } from './change-ticket.ts';

/** Takes a reply back that has not left. Gives its text; null when it was too late, which is said. */
export function useUndoReply(): (ticket: string, message: string) => Promise<string | null> {
  const t = useTranslations('desk.composer');
  const words = useProblemWords();
  const changed = useTicketsChanged();
  return async (ticket, message) => {
    try {
      const { text } = await api.post('/admin/v1/tickets/{ticket}/undo', { params: { ticket }, body: { message } });
      await changed();
      return text;
    } catch (error) {
      const problem = asProblem(error);
      toast({ tone: 'danger', text: problem.code === 'reply_left' ? t('undoTooLate') : words(problem) });
      return null;
    }
  };
}
