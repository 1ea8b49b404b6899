import { History } from 'lucide-react';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import type { Tone } from '../../ui/badge.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { eventWord, type Webhook, webhookEvents } from './events.ts';

type Delivery = Answer<'/admin/v1/desk-webhooks/{webhook}/deliveries'>['data'][number];

const everyMs = 5_000;
const tones: Readonly<Record<Delivery['state'], Tone>> = { waiting: 'info', sent: 'good', failed: 'bad' };

/** What was sent to a webhook last, and what came of it. */
export function DeliveriesDialog({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const t = useTranslations('deskSettings.webhooks');
  const columns = useDeliveryColumns();
  const path = '/admin/v1/desk-webhooks/{webhook}/deliveries';
  const { data, error, retry } = useRead(path, { params: { webhook: webhook.id } }, { everyMs });
  return (
    <Dialog open onClose={onClose} size="large" title={t('deliveriesTitle', { name: webhook.name })}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section tabIndex={0} aria-label={t('deliveries')} className="-mx-5">
        {error && !data ? (
          <ErrorState error={error} onRetry={retry} />
        ) : (
          <DataTable
            label={t('deliveries')}
            rows={data?.data ?? null}
            rowKey={(row) => row.id}
            columns={columns}
            empty={<EmptyState icon={History} title={t('noDeliveries')} text={t('noDeliveriesText')} />}
          />
        )}
      </section>
    </Dialog>
  );
}

function useDeliveryColumns(): readonly Column<Delivery>[] {
  const t = useTranslations('deskSettings.webhooks');
  return [
    {
      id: 'event',
      header: t('event1'),
      cell: ({ event }) => {
        const known = webhookEvents.find((each) => each === event);
        return known ? t(`event.${eventWord(known)}`) : event === 'test' ? t('testEvent') : event;
      },
    },
    {
      id: 'state',
      header: t('state'),
      cell: ({ state }) => <StatusDot tone={tones[state]}>{t(`states.${state}`)}</StatusDot>,
    },
    { id: 'attempts', header: t('attempts'), end: true, cell: (row) => row.attempts },
    { id: 'created', header: t('at'), cell: (row) => <Time at={row.created_at} show="relative" /> },
    {
      id: 'error',
      header: t('error'),
      wrap: true,
      cell: (row) => (row.error === null ? '–' : <span className="text-danger">{row.error}</span>),
    },
  ];
}
