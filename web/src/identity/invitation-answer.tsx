import { useState } from 'react';
import { api } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { useChanged } from '../api/queries.ts';
import type { InvitationOffer } from '../api/schema.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { useProblemWords } from '../words/use-problem-words.ts';
import { useTranslations } from '../words/use-translations.ts';

interface InvitationAnswerProps {
  readonly offer: InvitationOffer;
  /** What the answer refers to: the token of the mail, or the id from the list. */
  readonly reference: { readonly token: string } | { readonly invitation: string };
  readonly onAnswered: (answer: 'accepted' | 'declined') => void;
}

/** Accept, or decline after a second thought. */
export function InvitationAnswer({ offer: { organization }, reference, onAnswered }: InvitationAnswerProps) {
  const t = useTranslations('invitations');
  const words = useProblemWords();
  const changed = useChanged();
  const [busy, setBusy] = useState(false);
  const [declining, setDeclining] = useState(false);
  const accept = async () => {
    setBusy(true);
    try {
      await api.post('/control/v1/invitations/accept', { body: reference });
      await changed('/control/v1/invitations', '/control/v1/session');
      toast({ text: t('accepted', { organization: organization.name }) });
      onAnswered('accepted');
    } catch (error) {
      toast({ tone: 'danger', text: words(asProblem(error)) });
    }
    setBusy(false);
  };
  const decline = async () => {
    await api.post('/control/v1/invitations/decline', { body: reference });
    await changed('/control/v1/invitations');
    toast({ text: t('declined') });
    onAnswered('declined');
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" busy={busy} onClick={accept}>
        {t('accept')}
      </Button>
      <Button onClick={() => setDeclining(true)}>{t('decline')}</Button>
      <ConfirmDialog
        open={declining}
        onClose={() => setDeclining(false)}
        title={t('declineTitle', { organization: organization.name })}
        consequences={[t('declineConsequence', { organization: organization.name })]}
        action={t('decline')}
        danger
        onConfirm={decline}
      />
    </div>
  );
}
