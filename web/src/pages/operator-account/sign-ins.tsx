import { LogIn } from 'lucide-react';
import { useMessages } from 'use-intl';
import type { AccountPage } from '../../api/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

type Words = Readonly<Record<string, string>>;

export function SignIns({ signIns }: { readonly signIns: AccountPage['sign_ins'] }) {
  const t = useTranslations('customers');
  const { customers } = useMessages();
  const methods: Words = customers.methods;
  const outcomes: Words = customers.signInOutcomes;
  return (
    <Card title={t('signIns')} description={t('signInsText')} flush>
      <DataTable
        label={t('signIns')}
        rows={signIns}
        rowKey={(row) => `${row.at} ${row.method} ${row.outcome}`}
        columns={[
          { id: 'at', header: t('signInAt'), cell: (row) => <Time at={row.at} show="second" /> },
          {
            id: 'outcome',
            header: t('signInOutcome'),
            cell: (row) => (
              <StatusDot tone={row.outcome === 'passed' ? 'good' : 'warn'}>
                {outcomes[row.outcome] ?? row.outcome}
              </StatusDot>
            ),
          },
          { id: 'method', header: t('signInMethod'), cell: (row) => methods[row.method] ?? row.method },
          {
            id: 'from',
            header: t('signInFrom'),
            cell: (row) => (
              <span className="inline-flex flex-wrap items-center justify-end gap-2">
                {[row.device, row.ip_address].filter(Boolean).join(' · ') || '–'}
                {row.new_device && <Badge tone="info">{t('newDevice')}</Badge>}
              </span>
            ),
          },
        ]}
        empty={<EmptyState icon={LogIn} title={t('noSignIns')} />}
      />
    </Card>
  );
}
