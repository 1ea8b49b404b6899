import { Plus, SearchX, Unplug } from 'lucide-react';
import { useState } from 'react';
import { useFilters, useGo } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { useChannelHealth } from '../operator-parts/catalogue-reads.ts';
import { ChannelDialog } from './channel-dialog.tsx';
import { useHealthColumns } from './health-columns.tsx';

const names = ['group', 'condition'] as const;
const conditions = ['healthy', 'failing', 'resting', 'idle', 'disabled'] as const;
const usualSeconds = 900;

/** Every channel and how it does, as it changes. */
export function Page() {
  const t = useTranslations('catalogue.channels');
  const tConditions = useTranslations('operator.conditions');
  const tShell = useTranslations('shell.pages');
  const { duration } = useFormats();
  const go = useGo();
  const filters = useFilters(names);
  const health = useChannelHealth();
  const columns = useHealthColumns();
  const mayWrite = useStaffCan('catalogue.write');
  const [adding, setAdding] = useState(false);
  const { group, condition } = filters.values;
  const all = health.data?.data ?? null;
  const groups = [...new Set(all?.map((channel) => channel.group))].sort();
  const rows =
    all?.filter((channel) => (!group || channel.group === group) && (!condition || channel.condition === condition)) ??
    null;
  const add = mayWrite && (
    <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={tShell('operatorChannels')}
        description={t('description', { span: duration(Math.max(1, health.data?.seconds ?? usualSeconds) * 1_000) })}
        actions={add}
      />
      <FilterBar filters={filters}>
        <FilterSelect
          filters={filters}
          name="group"
          label={t('group')}
          all={t('allGroups')}
          options={groups.map((value) => ({ value, label: value }))}
        />
        <FilterSelect
          filters={filters}
          name="condition"
          label={t('condition')}
          all={t('allConditions')}
          options={conditions.map((value) => ({ value, label: tConditions(value) }))}
        />
      </FilterBar>
      <Card flush>
        {health.error && !health.data ? (
          <ErrorState error={health.error} onRetry={health.retry} />
        ) : (
          <DataTable
            label={t('list')}
            rows={rows}
            rowKey={(row) => row.id}
            rowLink={(row) => ({ to: '/operator/channels/$channel', params: { channel: row.id } })}
            columns={columns}
            empty={
              filters.isSet ? (
                <EmptyState icon={SearchX} title={t('noneFit')} text={t('noneFitText')} />
              ) : (
                <EmptyState icon={Unplug} title={t('emptyTitle')} text={t('emptyText')} action={add} />
              )
            }
          />
        )}
      </Card>
      {adding && (
        <ChannelDialog
          onClose={() => setAdding(false)}
          onSaved={(channel) => void go({ to: '/operator/channels/$channel', params: { channel: channel.id } })}
        />
      )}
    </>
  );
}
