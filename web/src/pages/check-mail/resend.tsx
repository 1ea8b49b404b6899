import { RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';

/** Mail takes a moment: asking at once brings only a second one. */
const pauseSeconds = 30;

export function Resend({ email }: { readonly email: string }) {
  const t = useTranslations('signIn.mail');
  const words = useProblemWords();
  const [left, setLeft] = useState(pauseSeconds);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  const send = async () => {
    setBusy(true);
    try {
      await api.post('/control/v1/verify-email/resend', { body: { email } });
      toast({ text: t('resent') });
      setLeft(pauseSeconds);
    } catch (error) {
      const problem = asProblem(error);
      toast({ tone: 'danger', text: words(problem) });
      if (problem.retryAfterSeconds !== null) setLeft(problem.retryAfterSeconds);
    }
    setBusy(false);
  };
  return (
    <Button icon={RotateCw} busy={busy} disabled={left > 0} onClick={send}>
      {left > 0 ? t('againIn', { seconds: String(left) }) : t('again')}
    </Button>
  );
}
