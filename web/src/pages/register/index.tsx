import { MailX } from 'lucide-react';
import { useRead } from '../../api/queries.ts';
import { useOnward } from '../../identity/arrive.ts';
import { linkTo } from '../../identity/links.tsx';
import { useQueryValue } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { useSite } from '../../site.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { RegisterForm } from './register-form.tsx';

export function Page() {
  const t = useTranslations('signIn.register');
  const { site, error } = useSite();
  const next = useQueryValue('next');
  const token = useQueryValue('invitation');
  const invitation = useRead(
    '/control/v1/invitations/preview',
    { query: { token: token ?? '' } },
    { enabled: token !== null, staleMs: 300_000 },
  );
  useOnward(next);
  const signIn = linkTo('/sign-in', next === null ? {} : { next });
  const known = site !== undefined && (token === null || invitation.data !== undefined || invitation.error !== null);
  const closed = site?.registration === 'closed' && invitation.data === undefined;
  if (known && closed) {
    return (
      <FrontCard title={t('title')} footer={t.rich('haveAccount', { a: signIn })}>
        {invitation.error ? (
          <ErrorState error={invitation.error} />
        ) : (
          <EmptyState icon={MailX} title={t('closed')} text={t('closedText')} />
        )}
      </FrontCard>
    );
  }
  return (
    <FrontCard title={t('title')} footer={t.rich('haveAccount', { a: signIn })}>
      {known ? (
        <RegisterForm
          site={site}
          next={next}
          invitation={token !== null && invitation.data ? { token, email: invitation.data.email } : null}
        />
      ) : error ? (
        <ErrorState error={error} />
      ) : (
        <SkeletonText lines={12} />
      )}
    </FrontCard>
  );
}
