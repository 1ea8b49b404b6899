import { Layers, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ChannelHealth, Group } from '../../api/schema.ts';
import { useGo } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useChannelHealth, useGroups } from '../operator-parts/catalogue-reads.ts';
import { GroupDialog } from './group-dialog.tsx';

/** Every group, with how its channels do. */
export function Page() {
  const t = useTranslations('catalogue.groups');
  const tShell = useTranslations('shell.pages');
  const go = useGo();
  const groups = useGroups();
  const health = useChannelHealth().data?.data ?? null;
  const mayWrite = useStaffCan('catalogue.write');
  const [adding, setAdding] = useState(false);
  const add = mayWrite && (
    <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={tShell('operatorGroups')} description={t('description')} actions={add} />
      <Card flush>
        <PagedTable
          label={t('list')}
          pages={groups}
          columns={useGroupColumns(health)}
          rowKey={(row) => row.id}
          rowLink={(row) => ({ to: '/operator/groups/$group', params: { group: row.id } })}
          empty={<EmptyState icon={Layers} title={t('emptyTitle')} text={t('emptyText')} action={add} />}
        />
      </Card>
      {adding && (
        <GroupDialog
          onClose={() => setAdding(false)}
          onSaved={(group) => void go({ to: '/operator/groups/$group', params: { group: group.id } })}
        />
      )}
    </>
  );
}

function useGroupColumns(health: readonly ChannelHealth[] | null): readonly Column<Group>[] {
  const t = useTranslations('catalogue.groups');
  const tShared = useTranslations('catalogue');
  return [
    {
      id: 'name',
      header: t('name'),
      cell: (row) => (
        <>
          {row.display_name}
          <code className="block font-mono text-xs font-normal text-soft">{row.id}</code>
        </>
      ),
    },
    { id: 'vendor', header: tShared('vendor'), cell: (row) => row.vendor },
    { id: 'kind', header: t('kind'), cell: (row) => t(`kinds.${row.kind}`) },
    { id: 'multiplier', header: t('multiplier'), end: true, cell: (row) => <>×{row.multiplier}</> },
    { id: 'channels', header: t('channels'), cell: (row) => <ChannelCount group={row} health={health} /> },
    {
      id: 'state',
      header: t('state'),
      cell: (row) => (
        <StatusDot tone={row.enabled ? 'good' : 'neutral'}>{tShared(row.enabled ? 'enabled' : 'disabled')}</StatusDot>
      ),
    },
  ];
}

interface ChannelCountProps {
  readonly group: Group;
  readonly health: readonly ChannelHealth[] | null;
}

function ChannelCount({ group, health }: ChannelCountProps) {
  const t = useTranslations('catalogue.groups');
  if (health === null) return '…';
  const own = health.filter((channel) => channel.group === group.id);
  const bad = own.filter(({ condition }) => condition === 'failing' || condition === 'resting').length;
  if (own.length === 0) return <Badge tone="warn">{t('channelsIn', { count: 0 })}</Badge>;
  return (
    <span className="inline-flex items-center gap-2">
      {t('channelsIn', { count: own.length })}
      {bad > 0 && <Badge tone="bad">{t('channelsBad', { count: bad })}</Badge>}
    </span>
  );
}
