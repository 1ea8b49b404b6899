import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { usePages } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { useFilters } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { DownloadDialog } from './download-dialog.tsx';
import { askedOf, filterNames } from './question.ts';

/** Who did what in the organization, newest first. */
export function Page() {
  const t = useTranslations('audit');
  const tShell = useTranslations('shell.pages');
  const { id: organization } = useOrganization();
  const { timeZone } = useLanguage();
  const filters = useFilters(filterNames);
  const query = askedOf(filters.values, timeZone);
  const [downloading, setDownloading] = useState(false);
  const pages = usePages(
    '/control/v1/organizations/{organization}/audit',
    { params: { organization }, query },
    { keepLast: true },
  );
  return (
    <>
      <PageHeader
        title={tShell('organizationAudit')}
        description={t('description')}
        actions={
          <Button icon={Download} onClick={() => setDownloading(true)}>
            {t('download')}
          </Button>
        }
      />
      <AuditFilters filters={filters} />
      <Card flush>
        <AuditTable pages={pages} filters={filters} />
      </Card>
      {downloading && <DownloadDialog query={query} isNarrowed={filters.isSet} onClose={() => setDownloading(false)} />}
    </>
  );
}
