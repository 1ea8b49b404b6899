import { LifeBuoy, Ticket } from 'lucide-react';
import { Link } from '../../navigation.tsx';
import { useOrganizationChoice } from '../../session.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Checklist } from './checklist.tsx';
import { ContactCard, ReadCard } from './contact-card.tsx';
import { ExplainCard } from './explain-card.tsx';

/** What somebody needs whose calls fail: a look at everything, one call explained, somebody to ask. */
export function Page() {
  const t = useTranslations('help');
  const title = useTranslations('shell.pages')('help');
  const { organization } = useOrganizationChoice();
  return (
    <>
      <PageHeader
        title={title}
        description={t('description')}
        actions={
          <>
            <Link to="/help/tickets" className={buttonLook()}>
              <Ticket aria-hidden="true" className="size-4" />
              {t('tickets')}
            </Link>
            <Link to="/help/tickets/new" className={buttonLook('primary')}>
              <LifeBuoy aria-hidden="true" className="size-4" />
              {t('write')}
            </Link>
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {/* Of another organization nothing that was chosen or pasted is kept. */}
        {organization && <Checklist key={organization.id} />}
        <div className="grid min-w-0 gap-5">
          {organization && <ExplainCard key={organization.id} />}
          <ContactCard />
          <ReadCard />
        </div>
      </div>
    </>
  );
}
