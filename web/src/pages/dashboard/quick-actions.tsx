import { BookOpen, KeyRound, MailPlus, Plug } from 'lucide-react';
import { Link } from '../../navigation.tsx';
import { useCan, useOrganization, useSession } from '../../session.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** What somebody most likely came for; only what they may do. */
export function QuickActions() {
  const t = useTranslations('dashboard.actions');
  const { kind } = useOrganization();
  const isActing = useSession().acting_as !== null;
  const mayCreate = useCan('keys.write') && !isActing;
  const mayInvite = useCan('members.write') && !isActing && kind !== 'personal';
  return (
    <nav aria-label={t('title')} className="flex flex-wrap gap-2">
      {mayCreate && (
        <Link to="/keys/new" className={buttonLook('primary')}>
          <KeyRound aria-hidden="true" className="size-4 shrink-0" />
          {t('key')}
        </Link>
      )}
      <Link to="/connect" className={buttonLook()}>
        <Plug aria-hidden="true" className="size-4 shrink-0" />
        {t('connect')}
      </Link>
      {mayInvite && (
        <Link to="/organization/members" className={buttonLook()}>
          <MailPlus aria-hidden="true" className="size-4 shrink-0" />
          {t('invite')}
        </Link>
      )}
      <a href="/docs" className={buttonLook()}>
        <BookOpen aria-hidden="true" className="size-4 shrink-0" />
        {t('docs')}
      </a>
    </nav>
  );
}
