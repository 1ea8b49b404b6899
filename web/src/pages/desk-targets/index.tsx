import { useFilters } from '../../navigation.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Calendars } from './calendars.tsx';
import { Plans } from './plans.tsx';
import { Policies } from './policies.tsx';

const tabs = ['policies', 'calendars', 'plans'] as const;

/** What is promised to whom, and when somebody works. */
export function Page() {
  const t = useTranslations('deskSettings.targets');
  const tShell = useTranslations('shell.pages');
  const filters = useFilters(['tab']);
  return (
    <>
      <PageHeader title={tShell('deskTargets')} description={t('description')} />
      <Tabs
        label={t('tabs')}
        value={oneOf(tabs, filters.values.tab) ?? 'policies'}
        onChange={(tab) => filters.set({ tab: tab === 'policies' ? undefined : tab })}
        tabs={[
          { id: 'policies', label: t('tab.policies'), content: <Policies /> },
          { id: 'calendars', label: t('tab.calendars'), content: <Calendars /> },
          { id: 'plans', label: t('tab.plans'), content: <Plans /> },
        ]}
      />
    </>
  );
}
