import { CircleCheck, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { type CustomerTicketPage, type Door, ticketPaths, writesOn } from '../ticket-parts/door.ts';

interface SettleButtonProps {
  readonly ticket: CustomerTicketPage;
  readonly door: Door;
}

/** It is done, or it is not. Both can be taken back. */
export function SettleButton({ ticket, door }: SettleButtonProps) {
  const t = useTranslations('myTickets.ticket');
  const words = useProblemWords();
  const changed = useChanged();
  const mayWrite = useSession().acting_as === null;
  const [busy, setBusy] = useState(false);
  const { id, state, can_reply: canReply } = ticket;
  const writes = writesOn(door, id);
  const settle = async (verb: 'close' | 'reopen', undoable: boolean) => {
    setBusy(true);
    try {
      await (verb === 'close' ? writes.close() : writes.reopen());
      const text = t(verb === 'close' ? 'closed' : 'reopened', { ticket: id });
      const undo = () => void settle(verb === 'close' ? 'reopen' : 'close', false);
      toast(undoable ? { text, undo } : { text });
      await changed(...ticketPaths);
    } catch (error) {
      toast({ tone: 'danger', text: words(asProblem(error)) });
    } finally {
      setBusy(false);
    }
  };
  if (!mayWrite || !canReply) return null;
  return (
    <>
      {state !== 'open' && state !== 'waiting' && (
        <Button icon={RotateCcw} busy={busy} onClick={() => void settle('reopen', state === 'closed')}>
          {t('reopen')}
        </Button>
      )}
      {state !== 'closed' && (
        <Button icon={CircleCheck} busy={busy} onClick={() => void settle('close', true)}>
          {t('close')}
        </Button>
      )}
    </>
  );
}
