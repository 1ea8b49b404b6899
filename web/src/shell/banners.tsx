import { UserRoundCog } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import type { Session } from '../api/schema.ts';
import { showAsStaff } from '../identity/acting.ts';
import { Link, usePath } from '../navigation.tsx';
import { useSession } from '../session.tsx';
import { useSite } from '../site.ts';
import { Banner } from '../ui/banner.tsx';
import { Button, buttonLook } from '../ui/button.tsx';
import { Time } from '../ui/time.tsx';
import { toast } from '../ui/toasts.tsx';
import { useProblemWords } from '../words/use-problem-words.ts';
import { useTranslations } from '../words/use-translations.ts';
import { slots } from './slots.ts';

/** Where the account's own things are changed. */
const profilePath = '/account';

/** What somebody must know whatever page they are on. */
export function Banners() {
  const t = useTranslations('shell');
  const { account, suspended_organizations: suspended } = useSession();
  const path = usePath();
  const { announcements: Announcements } = slots;
  const here = path.startsWith(profilePath);
  return (
    <div className="grid gap-2 empty:hidden">
      {Announcements && <Announcements />}
      {suspended.map(({ id, name }) => (
        <Suspended key={id} name={name} />
      ))}
      {!account.email_verified && (
        <Banner
          title={t('unverified', { email: account.email })}
          actions={
            !here && (
              <Link to={profilePath} className={buttonLook('secondary', true)}>
                {t('unverifiedAction')}
              </Link>
            )
          }
        >
          {t('unverifiedText')}
        </Banner>
      )}
    </div>
  );
}

/** Of an organization that nobody can open: why it is not in the list, and whom to ask. */
function Suspended({ name }: { readonly name: string }) {
  const t = useTranslations('shell');
  const { site } = useSite();
  const address = () =>
    site && (
      <a className="link" href={`mailto:${site.support_address}?subject=${encodeURIComponent(name)}`}>
        {site.support_address}
      </a>
    );
  return (
    <Banner tone="danger" title={t('suspended', { name })}>
      {t.rich('suspendedText', { address })}
    </Banner>
  );
}

interface ActingBannerProps {
  readonly acting: NonNullable<Session['acting_as']>;
}

/** Unmissable: what is seen here is somebody else's. What is around it is told its height: what sticks, sticks below it. */
export function ActingBanner({ acting }: ActingBannerProps) {
  const t = useTranslations('shell');
  const words = useProblemWords();
  const [busy, setBusy] = useState(false);
  const banner = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = banner.current;
    // Not by a reference that the frame holds: it gets it after its children are there.
    const outer = element?.parentElement;
    if (!element || !outer) return;
    const resizing = new ResizeObserver(() => outer.style.setProperty('--banner', `${element.offsetHeight}px`));
    resizing.observe(element);
    return () => {
      resizing.disconnect();
      outer.style.removeProperty('--banner');
    };
  }, []);
  const end = async () => {
    setBusy(true);
    try {
      await api.post('/control/v1/acting/end');
      showAsStaff();
    } catch (error) {
      toast({ tone: 'danger', text: words(asProblem(error)) });
      setBusy(false);
    }
  };
  return (
    <div ref={banner} role="status" className="sticky top-0 z-30 flex items-center gap-x-3 bg-warn px-4 py-2 text-card">
      <UserRoundCog aria-hidden="true" className="size-5 shrink-0" />
      <p className="min-w-0 grow leading-5">
        <span className="block">
          {t.rich('actingAs', { email: acting.account.email, b: (chunks) => <strong>{chunks}</strong> })}
        </span>
        <span className="text-[0.8125rem]">
          {t.rich('actingAsBy', { by: acting.by, time: () => <Time at={acting.since} show="minute" /> })}
        </span>
      </p>
      <Button small busy={busy} onClick={end}>
        {t('endActing')}
      </Button>
    </div>
  );
}
