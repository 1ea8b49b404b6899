import { useRead } from '../../api/queries.ts';
import { useOrganization } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { FactsSkeleton } from '../../ui/facts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { PersonalBanner } from '../organization-parts/personal-banner.tsx';
import { DangerZone } from './danger-zone.tsx';
import { LeakedKeys } from './leaked-keys.tsx';
import { OrganizationFacts } from './organization-facts.tsx';
import { Rename } from './rename.tsx';
import { UsageLinks } from './usage-links.tsx';

/** The chosen organization: what it is, what it is called, and how to leave or end it. */
export function Page() {
  const t = useTranslations('organization');
  const { id, name, kind } = useOrganization();
  const reading = useRead('/control/v1/organizations/{organization}', { params: { organization: id } });
  return (
    <>
      <PageHeader
        title={name}
        badge={<Badge>{t(kind === 'personal' ? 'kinds.personal' : 'kinds.shared')}</Badge>}
        description={t('description')}
      />
      <PersonalBanner />
      <div className="grid gap-5">
        <Card title={t('facts')}>
          <Loaded reading={reading} skeleton={<FactsSkeleton count={6} columns={3} />}>
            {(organization) => <OrganizationFacts organization={organization} />}
          </Loaded>
        </Card>
        <UsageLinks />
        <Rename key={id} />
        <LeakedKeys />
        <DangerZone />
      </div>
    </>
  );
}
