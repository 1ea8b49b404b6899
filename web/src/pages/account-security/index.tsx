import { useFilters } from '../../navigation.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { History } from './history.tsx';
import { PasskeysCard } from './passkeys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { Sessions } from './sessions.tsx';
import { TwoFactorCard } from './two-factor-card.tsx';

const ids = ['ways', 'sessions', 'history'] as const;

export function Page() {
  const t = useTranslations('account.security.tabs');
  const tPages = useTranslations('shell.pages');
  const filters = useFilters(['tab']);
  const value = ids.find((id) => id === filters.values.tab) ?? 'ways';
  const ways = (
    <div className="grid max-w-3xl gap-5">
      <PasswordCard />
      <TwoFactorCard />
      <PasskeysCard />
    </div>
  );
  return (
    <>
      <PageHeader title={tPages('security')} />
      <Tabs
        label={t('label')}
        value={value}
        onChange={(tab) => filters.set({ tab: tab === 'ways' ? undefined : tab })}
        tabs={[
          { id: 'ways', label: t('ways'), content: ways },
          { id: 'sessions', label: t('sessions'), content: <Sessions /> },
          { id: 'history', label: t('history'), content: <History /> },
        ]}
      />
    </>
  );
}
