import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { Mailbox } from './mailbox.ts';

/** Tries whether a mailbox can be read, and says what came of it. */
export function useMailboxTest() {
  const t = useTranslations('deskSettings.mailboxes');
  const problemWords = useProblemWords();
  const [running, setRunning] = useState<string | null>(null);
  const start = async ({ id, address }: Pick<Mailbox, 'id' | 'address'>) => {
    setRunning(id);
    try {
      const { works, problem, message, messages } = await api.post('/admin/v1/mailboxes/{mailbox}/test', {
        params: { mailbox: id },
      });
      if (works) toast({ text: t('testWorks', { address, count: messages ?? 0 }) });
      else {
        const why = t(`testProblems.${problem ?? 'other'}`);
        toast({ tone: 'danger', text: `${address}: ${why}${message ? ` (${message})` : ''}` });
      }
    } catch (error) {
      toast({ tone: 'danger', text: problemWords(asProblem(error)) });
    }
    setRunning(null);
  };
  return { running, start };
}
