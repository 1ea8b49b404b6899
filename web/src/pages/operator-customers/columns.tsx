import { useMemo } from 'react';
import type { Customer } from '../../api/schema.ts';
import type { Tone } from '../../ui/badge.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export const stateTones: Readonly<Record<Customer['state'], Tone>> = {
  active: 'good',
  suspended: 'bad',
  deleted: 'neutral',
};

/** Of every list of customers. */
export function useCustomerColumns(): readonly Column<Customer>[] {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        className: 'sm:max-w-48',
        cell: (row) => <span className="block truncate">{row.name}</span>,
      },
      {
        id: 'owner',
        header: t('owner'),
        className: 'sm:max-w-40',
        cell: (row) => <span className="block truncate text-soft">{row.owner?.email ?? t('noOwner')}</span>,
      },
      {
        id: 'state',
        header: t('state'),
        cell: (row) => <StatusDot tone={stateTones[row.state]}>{tShared(`states.${row.state}`)}</StatusDot>,
      },
      {
        id: 'members',
        header: t('members'),
        end: true,
        wideOnly: true,
        cell: (row) => <Numbers value={row.members} />,
      },
      { id: 'keys', header: t('keys'), end: true, cell: (row) => <Numbers value={row.keys} /> },
      { id: 'spend', header: t('spend'), end: true, cell: (row) => <Money amount={row.spend_30d_usd} /> },
      {
        id: 'last',
        header: t('lastRequest'),
        cell: (row) =>
          row.last_request_at === null ? (
            <span className="text-faint">{tShared('never')}</span>
          ) : (
            <Time at={row.last_request_at} show="relative" />
          ),
      },
      { id: 'created', header: t('created'), wideOnly: true, cell: (row) => <Time at={row.created_at} show="date" /> },
    ],
    [t, tShared],
  );
}
