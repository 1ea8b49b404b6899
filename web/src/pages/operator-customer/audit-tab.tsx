import { ScrollText, ShieldX } from 'lucide-react';
import type { CustomerPage } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { AuditTable } from '../operator-parts/audit-table.tsx';

export function AuditTab({ customer: { id, audit } }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  if (audit === null) {
    return (
      <Card>
        <EmptyState icon={ShieldX} title={t('noAuditRight')} />
      </Card>
    );
  }
  return (
    <Card
      flush
      title={t('tab.audit')}
      actions={
        <TextLink to="/operator/audit" search={{ organization: id }}>
          {t('allAudit')}
        </TextLink>
      }
    >
      <AuditTable rows={audit} without="organization" empty={<EmptyState icon={ScrollText} title={t('noAudit')} />} />
    </Card>
  );
}
