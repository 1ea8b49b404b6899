import { Inbox } from 'lucide-react';
import type { CustomerPage } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Duration } from '../../ui/duration.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Money } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { OutcomeBadge } from '../requests/outcome.tsx';

type Request = CustomerPage['recent_requests'][number];

export function RequestsTab({ customer }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  const tRequests = useTranslations('operator.requests');
  const mayRead = useStaffCan('requests.read');
  const columns: Column<Request>[] = [
    { id: 'at', header: tRequests('received'), cell: (row) => <Time at={row.received_at} show="second" /> },
    {
      id: 'outcome',
      header: tRequests('outcome'),
      cell: (row) => <OutcomeBadge outcome={row.outcome} status={row.status} />,
    },
    {
      id: 'model',
      header: tRequests('model'),
      className: 'sm:max-w-56',
      cell: (row) => <span className="block truncate font-mono text-[0.8125rem]">{row.model ?? '–'}</span>,
    },
    {
      id: 'key',
      header: tRequests('key'),
      wideOnly: true,
      cell: (row) => <code className="font-mono text-[0.8125rem]">{row.key_prefix ?? '–'}</code>,
    },
    {
      id: 'code',
      header: tRequests('errorCode'),
      wideOnly: true,
      cell: (row) => <code className="font-mono text-[0.8125rem]">{row.error_code ?? '–'}</code>,
    },
    {
      id: 'duration',
      header: tRequests('duration'),
      end: true,
      cell: (row) => (row.duration_ms === null ? '–' : <Duration ms={row.duration_ms} />),
    },
    { id: 'cost', header: tRequests('cost'), end: true, cell: (row) => <Money amount={row.actual_cost_usd} /> },
  ];
  return (
    <Card
      title={t('requestList')}
      actions={
        mayRead && (
          <TextLink to="/operator/requests" search={{ organization: customer.id }}>
            {t('allRequests')}
          </TextLink>
        )
      }
      flush
    >
      <DataTable
        label={t('requestList')}
        rows={customer.recent_requests}
        rowKey={(row) => row.id}
        rowLink={(row) => (mayRead ? { to: '/operator/requests/$id', params: { id: row.id } } : null)}
        columns={columns}
        empty={<EmptyState icon={Inbox} title={t('noRequests')} text={t('noRequestsText')} />}
      />
    </Card>
  );
}
