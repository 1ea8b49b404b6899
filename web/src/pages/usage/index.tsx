import { useFilters } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { dimensions } from '../../usage/dimensions.ts';
import { dateIn } from '../../usage/periods.ts';
import { usePulse } from '../../usage/pulse.ts';
import { useTimeZone } from '../../usage/time-zone.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { Controls } from './controls.tsx';
import { ErrorsTab } from './errors-tab.tsx';
import { ExportButton } from './export-dialog.tsx';
import { LatencyTab } from './latency-tab.tsx';
import { filtersOf, tabs, viewNames, viewOf } from './question.ts';
import { RateTab } from './rate-tab.tsx';
import { UsageTab } from './usage-tab.tsx';

/** What was used and what it cost, over a range, by whatever it can be told apart by. All of it is in the address. */
export function Page() {
  // Another organization is another page: nothing of the last one may be seen meanwhile.
  return <Board key={useOrganization().id} />;
}

function Board() {
  const t = useTranslations('usage');
  const title = useTranslations('shell.pages')('usage');
  const timeZone = useTimeZone();
  const views = useFilters(viewNames);
  const narrowing = useFilters(dimensions);
  const today = dateIn(timeZone, Date.now());
  const view = viewOf(views.values, today);
  const filters = filtersOf(narrowing.values);
  const pulse = usePulse(filters, view.isOpen);
  const parts = { view, filters, pulse, views, narrowing };
  const content = {
    usage: <UsageTab {...parts} />,
    latency: <LatencyTab {...parts} />,
    errors: <ErrorsTab {...parts} />,
    rate: <RateTab {...parts} />,
  } as const;
  return (
    <>
      <PageHeader
        title={title}
        description={t('description', { zone: timeZone })}
        actions={<ExportButton view={view} filters={filters} />}
      />
      <Controls {...parts} today={today} />
      <Tabs
        label={t('tabs')}
        value={view.tab}
        onChange={(tab) => views.set({ tab: tab === 'usage' ? undefined : tab })}
        tabs={tabs.map((id) => ({ id, label: t(`tab.${id}`), content: content[id] }))}
      />
    </>
  );
}
