import type { CustomerPage } from '../../api/schema.ts';
import { useFilters } from '../../navigation.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { AuditTab } from './audit-tab.tsx';
import { KeysTab } from './keys-tab.tsx';
import { MembersTab } from './members-tab.tsx';
import { ProjectsTab } from './projects-tab.tsx';
import { RequestsTab } from './requests-tab.tsx';
import { UsageTab } from './usage-tab.tsx';

const ids = ['usage', 'members', 'keys', 'requests', 'projects', 'audit'] as const;
const names = ['tab'] as const;

export function CustomerTabs({ customer }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  const { values, set } = useFilters(names);
  const contents = {
    usage: <UsageTab customer={customer} />,
    members: <MembersTab customer={customer} />,
    keys: <KeysTab customer={customer} />,
    requests: <RequestsTab customer={customer} />,
    projects: <ProjectsTab customer={customer} />,
    audit: <AuditTab customer={customer} />,
  };
  return (
    <Tabs
      label={t('tabs')}
      value={oneOf(ids, values.tab) ?? 'usage'}
      onChange={(tab) => set({ tab })}
      tabs={ids.map((id) => ({ id, label: t(`tab.${id}`), content: contents[id] }))}
    />
  );
}
