import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMessages } from 'use-intl';
import { api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useTicketsChanged } from '../desk/change-ticket.ts';
import { ScrolledText } from './scrolled-text.tsx';

interface AnswerDialogProps {
  readonly ticket: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** Goes on with its text in the reply. */
  readonly onUse: (text: string) => void;
}

/** The automatic answer as it would be made now: to look at, to go on with, or to send. */
export function AnswerDialog(props: AnswerDialogProps) {
  const t = useTranslations('desk.side.answer');
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('title')} description={t('text')} size="large">
      <Answer {...props} />
    </Dialog>
  );
}

function Answer({ ticket, onClose, onUse }: AnswerDialogProps) {
  const t = useTranslations('desk.side.answer');
  const { desk } = useMessages();
  const reasons: Readonly<Record<string, string>> = desk.side.why;
  const changed = useTicketsChanged();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['answer', ticket],
    queryFn: ({ signal }) =>
      api.post('/admin/v1/tickets/{ticket}/answer-again', { params: { ticket }, body: { send: false }, signal }),
    gcTime: 0,
    retry: false,
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonText lines={8} />;
  const send = async () => {
    setBusy(true);
    try {
      await api.post('/admin/v1/tickets/{ticket}/answer-again', { params: { ticket }, body: { send: true } });
      await changed();
      toast({ text: t('sent', { to: data.to }) });
      onClose();
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="text-[0.8125rem] text-soft">{t('to', { to: data.to })}</p>
      <ScrolledText label={t('title')}>{data.text}</ScrolledText>
      {data.withheld.length > 0 && (
        <ul className="list-disc pl-5 text-[0.8125rem] text-warn">
          {data.withheld.map(({ id, why }) => (
            <li key={id} className="wrap-anywhere">
              {t('withheld', { id, why: reasons[why] ?? why })}
            </li>
          ))}
        </ul>
      )}
      <ProblemMessage problem={problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button busy={busy} onClick={() => void send()}>
          {t('send')}
        </Button>
        <Button
          variant="primary"
          onClick={() => {
            onClose();
            onUse(data.text);
          }}
        >
          {t('use')}
        </Button>
      </div>
    </div>
  );
}
