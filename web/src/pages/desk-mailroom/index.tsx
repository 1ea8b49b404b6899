import { useRead } from '../../api/queries.ts';
import { useFilters } from '../../navigation.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Domains } from './domains.tsx';
import { Figures } from './figures.tsx';
import { Mails } from './mails.tsx';
import { Suppressed } from './suppressed.tsx';
import { Ways } from './ways.tsx';

const tabs = ['mails', 'suppressed', 'domains'] as const;
const everyMs = 10_000;

/** How mail fares that comes in, and what is known of mail that cannot arrive. */
export function Page() {
  const t = useTranslations('deskSettings.mailroom');
  const tShell = useTranslations('shell.pages');
  const filters = useFilters(['tab']);
  const mailroom = useRead('/admin/v1/mailroom', {}, { everyMs });
  const relay = useRead('/admin/v1/mail/relay', {}, { everyMs });
  return (
    <>
      <PageHeader title={tShell('deskMailroom')} description={t('description')} />
      <div className="mb-6 grid grid-cols-[minmax(0,1fr)] gap-5">
        <Figures mailroom={mailroom} relay={relay} />
        <Ways mailroom={mailroom} />
      </div>
      <Tabs
        label={t('tabs')}
        value={oneOf(tabs, filters.values.tab) ?? 'mails'}
        onChange={(tab) => filters.set({ tab: tab === 'mails' ? undefined : tab })}
        tabs={[
          { id: 'mails', label: t('tab.mails'), content: <Mails mailboxes={mailroom.data?.mailboxes ?? []} /> },
          { id: 'suppressed', label: t('tab.suppressed'), content: <Suppressed /> },
          { id: 'domains', label: t('tab.domains'), content: <Domains /> },
        ]}
      />
    </>
  );
}
