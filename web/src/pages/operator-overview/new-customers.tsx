import { Building2 } from 'lucide-react';
import { useRead } from '../../api/queries.ts';
import { TextLink } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useCustomerColumns } from '../operator-customers/columns.tsx';

const shown = 5;
const everyMs = 30_000;

export function NewCustomers() {
  const t = useTranslations('operator.overview');
  const newest = useRead('/admin/v1/customers', { query: { limit: shown } }, { everyMs });
  const columns = useCustomerColumns();
  return (
    <Card title={t('newest')} actions={<TextLink to="/operator/customers">{t('allCustomers')}</TextLink>} flush>
      {newest.error && !newest.data ? (
        <ErrorState error={newest.error} onRetry={newest.retry} />
      ) : (
        <DataTable
          label={t('newest')}
          columns={columns}
          rows={newest.data?.data ?? null}
          rowKey={(row) => row.id}
          rowLink={(row) => ({ to: '/operator/customers/$organization', params: { organization: row.id } })}
          expectedRows={shown}
          empty={<EmptyState icon={Building2} title={t('noCustomers')} text={t('noCustomersText')} />}
        />
      )}
    </Card>
  );
}
