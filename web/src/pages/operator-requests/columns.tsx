import { useMemo } from 'react';
import type { Answer } from '../../api/client.ts';
import { TextLink } from '../../navigation.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Duration } from '../../ui/duration.tsx';
import { Money } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Elapsed } from '../requests/elapsed.tsx';
import { OutcomeBadge } from '../requests/outcome.tsx';

type Row = Answer<'/admin/v1/requests'>['data'][number];

/** The end of an id tells it from its neighbours. */
const shownCharacters = 7;
function isToday(at: string): boolean {
  return new Date(at).toDateString() === new Date().toDateString();
}

const below = 'block truncate text-xs font-normal text-faint';

/** Cells have two lines: what one looks for, and below it what tells it from others. */
export function useStaffRequestColumns(): readonly Column<Row>[] {
  const t = useTranslations('operator.requests');
  return useMemo(
    () => [
      {
        id: 'at',
        header: t('received'),
        cell: (row) => (
          <>
            <Time at={row.received_at} show={isToday(row.received_at) ? 'time' : 'second'} />
            <span className={`${below} font-mono`}>req_…{row.id.slice(-shownCharacters)}</span>
          </>
        ),
      },
      {
        id: 'customer',
        header: t('customer'),
        className: 'sm:max-w-44',
        cell: (row) => <CustomerCell row={row} />,
      },
      {
        id: 'model',
        header: t('model'),
        className: 'sm:max-w-52',
        cell: (row) => (
          <>
            <span className="block truncate">{row.model_asked ?? row.model_routed ?? row.endpoint}</span>
            <span className={below}>{[row.client_tool, row.client_version].filter(Boolean).join(' ') || '\u00a0'}</span>
          </>
        ),
      },
      {
        id: 'outcome',
        header: t('outcome'),
        cell: (row) => (
          <>
            <OutcomeBadge outcome={row.outcome} status={row.status} />
            <span className={below}>{row.error_code ?? '\u00a0'}</span>
          </>
        ),
      },
      {
        id: 'channel',
        header: t('channel'),
        wideOnly: true,
        className: 'sm:max-w-36',
        cell: (row) => (
          <>
            <span className="block truncate">{row.channel_id ?? '–'}</span>
            <span className={below}>{row.group_id ?? '\u00a0'}</span>
          </>
        ),
      },
      {
        id: 'duration',
        header: t('duration'),
        end: true,
        cell: (row) =>
          row.outcome === 'open' ? (
            <Elapsed since={row.received_at} />
          ) : row.duration_ms === null ? (
            '–'
          ) : (
            <Duration ms={row.duration_ms} />
          ),
      },
      { id: 'cost', header: t('cost'), end: true, cell: (row) => <Money amount={row.charge.actual_cost_usd} /> },
    ],
    [t],
  );
}

function CustomerCell({ row }: { readonly row: Row }) {
  const { organization_id: organization, organization_name: name, key_prefix: prefix } = row;
  return (
    <>
      {organization === null ? (
        <span className="text-faint">–</span>
      ) : (
        <TextLink
          to="/operator/customers/$organization"
          params={{ organization }}
          className="relative z-[1] block truncate text-ink decoration-edge"
        >
          {name ?? organization}
        </TextLink>
      )}
      <span className={`${below} font-mono`}>{prefix === null ? '\u00a0' : `${prefix}…`}</span>
    </>
  );
}
