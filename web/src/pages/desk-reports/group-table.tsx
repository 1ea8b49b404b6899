import { ChartLine } from 'lucide-react';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { plans, priorities, queues } from '../desk-settings-parts/values.ts';
import { Rating, TimeOf } from './figures.tsx';
import type { ReportLine } from './index.tsx';

interface GroupTableProps {
  readonly group: 'queue' | 'priority' | 'plan' | 'assignee' | 'error_code' | 'day';
  readonly lines: readonly ReportLine[] | null;
}

/** The same figures for each queue, plan, member of staff … */
export function GroupTable({ group, lines }: GroupTableProps) {
  const t = useTranslations('deskSettings.reports');
  const columns = useColumns(group);
  const sorted =
    group === 'day'
      ? (lines?.toReversed() ?? null)
      : (lines?.toSorted((one, other) => other.opened - one.opened) ?? null);
  return (
    <DataTable
      label={t('groupTable', { group: t(`groups.${group}`) })}
      rows={sorted}
      rowKey={(row) => row.group}
      columns={columns}
      empty={<EmptyState icon={ChartLine} title={t('emptyTitle')} text={t('emptyText')} />}
    />
  );
}

function useColumns(group: GroupTableProps['group']): readonly Column<ReportLine>[] {
  const t = useTranslations('deskSettings.reports');
  const { percent } = useFormats();
  const nameOf = useGroupName(group);
  const share = (part: number, whole: number) => (whole === 0 ? '–' : percent(part / whole));
  return [
    { id: 'group', header: t(`groups.${group}`), cell: (row) => nameOf(row.group) },
    { id: 'opened', header: t('opened'), end: true, cell: (row) => <Numbers value={row.opened} /> },
    { id: 'solved', header: t('solved'), end: true, wideOnly: true, cell: (row) => <Numbers value={row.solved} /> },
    { id: 'median', header: t('median'), end: true, cell: (row) => <TimeOf ms={row.first_response_median_ms} /> },
    {
      id: 'p90',
      header: t('p90'),
      end: true,
      wideOnly: true,
      cell: (row) => <TimeOf ms={row.first_response_p90_ms} />,
    },
    { id: 'resolution', header: t('resolution'), end: true, cell: (row) => <TimeOf ms={row.resolution_median_ms} /> },
    { id: 'met', header: t('targetsMet'), end: true, cell: (row) => share(row.target_met, row.with_target) },
    {
      id: 'reopened',
      header: t('reopened'),
      end: true,
      wideOnly: true,
      cell: (row) => share(row.reopened, row.opened),
    },
    { id: 'rating', header: t('satisfaction'), end: true, cell: (row) => <Rating mean={row.rating_mean} /> },
  ];
}

function useGroupName(group: GroupTableProps['group']): (name: string) => string {
  const t = useTranslations('deskSettings.reports');
  const tTickets = useTranslations('tickets');
  const { time } = useFormats();
  return (name) => {
    const queue = group === 'queue' ? oneOf(queues, name) : undefined;
    const priority = group === 'priority' ? oneOf(priorities, name) : undefined;
    const plan = group === 'plan' ? oneOf(plans, name) : undefined;
    if (queue) return tTickets(`queues.${queue}`);
    if (priority) return tTickets(`priorities.${priority}`);
    if (plan) return tTickets(`plans.${plan}`);
    // At noon every zone but the last few has the same date.
    if (group === 'day') return time(new Date(`${name}T12:00:00Z`), 'date');
    return name === '' ? t('none') : name;
  };
}
