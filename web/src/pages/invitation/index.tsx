import { MailX } from 'lucide-react';
import { safeNext } from '../../api/next-path.ts';
import { useRead } from '../../api/queries.ts';
import type { InvitationOffer } from '../../api/schema.ts';
import { useVisitor } from '../../identity/arrive.ts';
import { InvitationAnswer } from '../../identity/invitation-answer.tsx';
import { InvitationFacts } from '../../identity/invitation-facts.tsx';
import { strong } from '../../identity/links.tsx';
import { Link, useGo, useQueryValue } from '../../navigation.tsx';
import { keepOrganization } from '../../session.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { useSignOut } from '../../shell/sign-out.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';

/** The link of an invitation's mail. */
export function Page() {
  const t = useTranslations('invitations');
  const tShell = useTranslations('shell.pages');
  const words = useProblemWords();
  const token = useQueryValue('token') ?? '';
  const { data: offer, error } = useRead('/control/v1/invitations/preview', { query: { token } });
  const visitor = useVisitor();
  const home = (
    <Link to="/" className={buttonLook()}>
      {t('toConsole')}
    </Link>
  );
  if (error !== null) {
    return (
      <FrontCard title={tShell('invitation')}>
        <EmptyState icon={MailX} title={t('gone')} text={words(error)} action={home} />
      </FrontCard>
    );
  }
  if (offer === undefined || visitor === undefined) {
    return (
      <FrontCard title={tShell('invitation')}>
        <SkeletonText lines={6} />
      </FrontCard>
    );
  }
  return (
    <FrontCard title={t('title', { organization: offer.organization.name })}>
      <div className="grid gap-5">
        <InvitationFacts offer={offer} />
        {visitor === null ? (
          <AsNobody offer={offer} token={token} />
        ) : visitor.account.email === offer.email ? (
          <AsInvited offer={offer} token={token} />
        ) : (
          <AsOther offer={offer} email={visitor.account.email} />
        )}
      </div>
    </FrontCard>
  );
}

interface OfferProps {
  readonly offer: InvitationOffer;
  readonly token: string;
}

function AsInvited({ offer, token }: OfferProps) {
  const go = useGo();
  const onAnswered = (answer: 'accepted' | 'declined') => {
    if (answer === 'accepted') keepOrganization(offer.organization.id);
    void go({ to: '/' });
  };
  return <InvitationAnswer offer={offer} reference={{ token }} onAnswered={onAnswered} />;
}

function AsNobody({ offer, token }: OfferProps) {
  const t = useTranslations('invitations');
  const next = safeNext(`/console/invitation?token=${encodeURIComponent(token)}`);
  return (
    <>
      <p className="text-soft">{t.rich('toWhom', { email: offer.email, b: strong })}</p>
      <div className="grid gap-2">
        <Link to="/sign-in" search={{ next }} className={buttonLook('primary')}>
          {t('signIn')}
        </Link>
        <Link to="/register" search={{ invitation: token, next }} className={buttonLook()}>
          {t('register')}
        </Link>
      </div>
    </>
  );
}

function AsOther({ offer, email }: { readonly offer: InvitationOffer; readonly email: string }) {
  const t = useTranslations('invitations');
  const signOut = useSignOut(`${window.location.pathname}${window.location.search}`);
  return (
    <Banner tone="warn" title={t.rich('forOther', { invited: offer.email, email, b: strong })}>
      <p>{t('forOtherText')}</p>
      <p className="mt-2">
        <Button small onClick={signOut}>
          {t('signOut')}
        </Button>
      </p>
    </Banner>
  );
}
