import { Inbox } from 'lucide-react';
import { Link } from '../navigation.tsx';
import { useSite } from '../site.ts';
import { Banner } from '../ui/banner.tsx';
import { buttonLook } from '../ui/button.tsx';
import { useTranslations } from '../words/use-translations.ts';

/** Where mail is when no relay takes it. Nothing on a site that sends mail. */
export function OutboxHint() {
  const t = useTranslations('signIn.mail');
  const { site } = useSite();
  if (!site?.outbox_visible) return null;
  return (
    <Banner
      actions={
        <Link to="/outbox" className={buttonLook('primary')}>
          <Inbox aria-hidden="true" className="size-4" />
          {t('open')}
        </Link>
      }
    >
      {t('outbox')}
    </Banner>
  );
}
