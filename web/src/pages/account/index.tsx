import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { DeleteCard } from './delete-card.tsx';
import { EmailCard } from './email-card.tsx';
import { ProfileCard } from './profile-card.tsx';

export function Page() {
  const t = useTranslations('shell.pages');
  return (
    <>
      <PageHeader title={t('account')} />
      <div className="grid max-w-3xl gap-5">
        <ProfileCard />
        <EmailCard />
        <DeleteCard />
      </div>
    </>
  );
}
