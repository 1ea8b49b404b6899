import { api } from '../../api/client.ts';
import { ApiProblem, asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { byChange, type Change, changeBack, changeTicket, useTicketsChanged } from './change-ticket.ts';
import type { Ticket } from './types.ts';

/** As many as the API changes at once. */
const atOnce = 100;

interface Outcome {
  readonly done: readonly Ticket[];
  /** Of the first that was refused. */
  readonly why: ApiProblem | null;
}

async function changeAll(tickets: readonly Ticket[], change: Change): Promise<Outcome> {
  const [only, ...others] = tickets;
  try {
    if (only !== undefined && others.length === 0) {
      await changeTicket(only.id, change);
      return { done: tickets, why: null };
    }
    const refused = new Map<string, ApiProblem>();
    for (let at = 0; at < tickets.length; at += atOnce) {
      const ids = tickets.slice(at, at + atOnce).map(({ id }) => id);
      const answer = await api.post('/admin/v1/tickets/bulk', { body: { tickets: ids, change } });
      for (const { id, code, message: detail } of answer.refused)
        refused.set(id, new ApiProblem({ status: 409, code, detail, errors: [], request_id: null }));
    }
    return { done: tickets.filter(({ id }) => !refused.has(id)), why: [...refused.values()][0] ?? null };
  } catch (error) {
    return { done: [], why: asProblem(error) };
  }
}

/** One change of one or many tickets, told of in a toast that takes it back. `said`: its words where all went well. */
export function useChangeTickets(): (tickets: readonly Ticket[], change: Change, said?: string) => Promise<boolean> {
  const t = useTranslations('desk.bulk');
  const words = useProblemWords();
  const changed = useTicketsChanged();
  return async (tickets, change, said) => {
    const { done, why } = await changeAll(tickets, change);
    await changed();
    const undo = async () => {
      const back: Outcome[] = [];
      for (const group of byChange(done, (before) => changeBack(before, change)))
        back.push(await changeAll(group.tickets, group.change));
      await changed();
      const refused = back.find((one) => one.why !== null)?.why ?? null;
      if (refused === null) toast({ text: t('undone') });
      else toast({ tone: 'danger', text: words(refused) });
    };
    const canUndo = done.some((before) => Object.keys(changeBack(before, change)).length > 0);
    const offered = canUndo ? { undo: () => void undo() } : {};
    if (why === null) toast({ text: said ?? t('done', { count: done.length }), ...offered });
    else {
      const reason = words(why);
      const text = tickets.length === 1 ? reason : t('some', { done: done.length, count: tickets.length, why: reason });
      toast({ tone: 'danger', text, ...offered });
    }
    return why === null;
  };
}
