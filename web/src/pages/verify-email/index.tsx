import { CircleCheck, MailX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { useForget } from '../../api/queries.ts';
import { Link, useGoTo, useQueryValue } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';

/** The link of a mail that proves an address: a new account's, which signs in, or a changed one. */
export function Page() {
  const t = useTranslations('signIn.verify');
  const words = useProblemWords();
  const token = useQueryValue('token') ?? '';
  const { state, problem } = useVerification(token);
  if (problem !== null) {
    return (
      <FrontCard title={t('failed')}>
        <EmptyState icon={MailX} title={words(problem)} />
        <div className="grid gap-2">
          <Link to="/check-mail" className={buttonLook('primary')}>
            {t('sendAgain')}
          </Link>
          <Link to="/" className={buttonLook('ghost')}>
            {t('toConsole')}
          </Link>
        </div>
      </FrontCard>
    );
  }
  if (state === 'changed') {
    const link = (
      <Link to="/account" className={buttonLook('primary')}>
        {t('toConsole')}
      </Link>
    );
    return (
      <FrontCard title={t('changed')}>
        <EmptyState icon={CircleCheck} title={t('changedText')} action={link} />
      </FrontCard>
    );
  }
  return (
    <FrontCard title={t('title')}>
      <p role="status" className="flex items-center gap-3">
        <Spinner />
        {t('working')}
      </p>
    </FrontCard>
  );
}

function useVerification(token: string) {
  const t = useTranslations('signIn.verify');
  const forget = useForget();
  const goTo = useGoTo();
  const begun = useRef(false);
  const [state, setState] = useState<'working' | 'changed'>('working');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    // A token works once: a second run of the effect would find it used.
    if (begun.current) return;
    begun.current = true;
    verify(token).then(
      async (outcome) => {
        forget();
        if (outcome === 'email_changed') return setState('changed');
        toast({ text: t('done') });
        await goTo((await hasInvitations()) ? '/console/invitations' : '/console/');
      },
      (error: unknown) => setProblem(asProblem(error)),
    );
  }, [token, forget, goTo, t]);
  return { state, problem };
}

async function verify(token: string): Promise<'done' | 'email_changed'> {
  const { next } = await api.post('/control/v1/verify-email', { body: { token } });
  return next;
}

/** Whoever registered because they were invited finds the invitation; it is no reason to fail. */
async function hasInvitations(): Promise<boolean> {
  try {
    return (await api.get('/control/v1/invitations')).data.length > 0;
  } catch {
    return false;
  }
}
