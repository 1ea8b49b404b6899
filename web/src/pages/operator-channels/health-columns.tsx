import { useMemo } from 'react';
import type { ChannelHealth } from '../../api/schema.ts';
import type { Column } from '../../ui/data-table.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { Condition } from '../operator-parts/condition.tsx';

/** How channels do, side by side. `without`: a column that says the same in every row. */
export function useHealthColumns(without?: 'group'): readonly Column<ChannelHealth>[] {
  const t = useTranslations('catalogue.channels');
  const tShared = useTranslations('operator');
  const { number, percent, duration } = useFormats();
  return useMemo(() => {
    const columns: Column<ChannelHealth>[] = [
      {
        id: 'name',
        header: t('name'),
        cell: (row) => (
          <>
            {row.name}
            <code className="block font-mono text-xs font-normal text-soft">{row.id}</code>
          </>
        ),
      },
      { id: 'group', header: t('group'), cell: (row) => row.group },
      { id: 'condition', header: t('condition'), cell: (row) => <Condition condition={row.condition} /> },
      { id: 'calls', header: t('calls'), end: true, cell: (row) => <Numbers value={row.calls} /> },
      {
        id: 'failures',
        header: t('failures'),
        end: true,
        cell: ({ calls, failures }) => (
          <span className={failures > 0 ? 'text-danger' : ''}>
            {number(failures)}
            {failures > 0 && ` (${percent(failures / calls)})`}
          </span>
        ),
      },
      {
        id: 'head',
        header: t('head'),
        end: true,
        cell: ({ head_p50_ms: half, head_p95_ms: most }) =>
          half === null || most === null ? '–' : `${duration(half)} / ${duration(most)}`,
      },
      {
        id: 'last',
        header: t('lastCall'),
        end: true,
        wideOnly: true,
        cell: ({ last_call_at: at }) =>
          at === null ? <span className="text-faint">{tShared('none')}</span> : <Time at={at} show="relative" />,
      },
    ];
    return columns.filter(({ id }) => id !== without);
  }, [t, tShared, number, percent, duration, without]);
}
