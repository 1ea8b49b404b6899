import { Send } from 'lucide-react';
import { useState } from 'react';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import { Link } from '../../navigation.tsx';
import { useSession } from '../../session.tsx';
import { useDraft } from '../../tickets/draft.ts';
import { DraftNote } from '../../tickets/draft-note.tsx';
import { AttachButton, AttachedFiles } from '../../tickets/files-field.tsx';
import { SecretWarning } from '../../tickets/secret-warning.tsx';
import { secretsIn } from '../../tickets/secrets-in.ts';
import { useUploads } from '../../tickets/use-uploads.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type CustomerTicketPage, customerUploads, type Door, ticketPaths, writesOn } from '../ticket-parts/door.ts';

interface ReplyProps {
  readonly ticket: CustomerTicketPage;
  readonly door: Door;
}

const maxText = 90_000;

/** To go on with a ticket, where that is possible; else why not, and what to do. */
export function Reply({ ticket, door }: ReplyProps) {
  const t = useTranslations('myTickets.ticket');
  const tAll = useTranslations('myTickets');
  const mayWrite = useSession().acting_as === null;
  const { id, can_reply: canReply, merged_into: into } = ticket;
  if (!mayWrite || into !== null) return null;
  if (canReply) return <Composer ticket={ticket} door={door} />;
  return (
    <Banner
      title={t('cannotReply')}
      actions={
        <Link to="/help/tickets/new" search={{ ticket: id }} className={buttonLook('secondary', true)}>
          {tAll('new')}
        </Link>
      }
    >
      <p>{t('cannotReplyText', { ticket: id })}</p>
    </Banner>
  );
}

function Composer({ ticket, door }: ReplyProps) {
  const t = useTranslations('myTickets.ticket');
  const tForm = useTranslations('myTickets.form');
  const draft = useDraft(`ticket.${ticket.id}`);
  const uploads = useUploads(customerUploads);
  const changed = useChanged();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  // A secret was pointed out, and the text is to be sent all the same.
  const [warned, setWarned] = useState(false);
  const { text } = draft;
  const found = secretsIn(text);
  const send = async () => {
    if (text.trim() === '' || uploads.isBusy) return;
    if (found.length > 0 && !warned) return setWarned(true);
    setBusy(true);
    setProblem(null);
    try {
      await writesOn(door, ticket.id).reply({ text, uploads: [...uploads.ids] });
      draft.clear();
      uploads.clear();
      setWarned(false);
      toast({ text: t('sent') });
      await changed(...ticketPaths);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const ended = ticket.state === 'solved' || ticket.state === 'closed';
  return (
    <Card title={t('reply')} description={ended ? t('replyReopens') : undefined}>
      <div className="grid gap-3">
        <DraftNote draft={draft} />
        <Textarea
          aria-label={t('replyLabel')}
          rows={5}
          maxLength={maxText}
          value={text}
          onChange={(event) => draft.set(event.target.value)}
          className="max-h-[60vh] min-h-28"
        />
        <SecretWarning text={text} found={found} onTakeOut={draft.set} />
        <AttachedFiles uploads={uploads} />
        <ProblemMessage problem={problem} />
        <div className="flex flex-wrap items-center justify-between gap-2">
          <AttachButton uploads={uploads} />
          <Button
            variant="primary"
            icon={Send}
            busy={busy}
            disabled={text.trim() === '' || uploads.isBusy || uploads.hasFailed}
            onClick={() => void send()}
          >
            {found.length > 0 && warned ? tForm('sendAnyway') : t('send')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
