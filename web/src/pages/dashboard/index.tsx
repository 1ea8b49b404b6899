import { Building2 } from 'lucide-react';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { Link } from '../../navigation.tsx';
import { useCan, useOrganization, useOrganizationChoice, useSession, useStaffCan } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { safetyMs, useFollow, usePulse } from '../../usage/pulse.ts';
import { useTimeZone } from '../../usage/time-zone.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { Announcements } from './announcements.tsx';
import { Errors } from './errors.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Groups } from './groups.tsx';
import { Period } from './period.tsx';
import { QuickActions } from './quick-actions.tsx';
import { Today } from './today.tsx';
import { Trend } from './trend.tsx';

/** The first page: how the chosen organization stands, and what to do next. */
export function Page() {
  const { organization } = useOrganizationChoice();
  // Another organization is another page: nothing of the last one may be seen meanwhile.
  return organization === null ? <NoOrganization /> : <Board key={organization.id} />;
}

function Board() {
  const t = useTranslations('dashboard');
  const title = useTranslations('shell.pages')('dashboard');
  const { name } = useOrganization();
  const maySee = useCan('usage.read');
  return (
    <>
      <PageHeader title={title} description={t('description', { organization: name })} actions={<QuickActions />} />
      <div className="grid gap-5">
        {maySee ? <Standing /> : <WithoutUsage />}
        <Announcements />
      </div>
    </>
  );
}

function WithoutUsage() {
  const t = useTranslations('dashboard');
  return (
    <>
      <FirstSteps dashboard={null} />
      <Banner>{t('noUsage')}</Banner>
    </>
  );
}

/** Errors are counted from the records: that is not done at every call. */
const atMostEveryMs = 2_000;

function Standing() {
  const { id: organization } = useOrganization();
  const { id: locale } = useLanguage();
  const time_zone = useTimeZone();
  const pulse = usePulse({}, true);
  const reading = useRead(
    '/control/v1/organizations/{organization}/dashboard',
    { params: { organization }, query: { time_zone, locale } },
    { everyMs: safetyMs, keepLast: true },
  );
  useFollow(pulse, reading, atMostEveryMs);
  const { data, error, retry } = reading;
  if (error && data === undefined) {
    return (
      <Card>
        <ErrorState error={error} onRetry={retry} />
      </Card>
    );
  }
  const dashboard = data ?? null;
  return (
    <>
      <FirstSteps dashboard={dashboard} />
      <Today dashboard={dashboard} now={pulse.now ?? dashboard?.now} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-5">
          <Trend dashboard={dashboard} />
          <Errors dashboard={dashboard} />
        </div>
        <div className="grid min-w-0 gap-5">
          <Period dashboard={dashboard} />
          <Groups dashboard={dashboard} />
        </div>
      </div>
    </>
  );
}

function NoOrganization() {
  const t = useTranslations('dashboard.noOrganization');
  const title = useTranslations('shell.pages')('dashboard');
  const isStaff = useStaffCan('customers.read');
  const isSuspended = useSession().suspended_organizations.length > 0;
  return (
    <>
      <PageHeader title={title} />
      <Card>
        <EmptyState
          icon={Building2}
          title={t(isSuspended ? 'suspended' : 'title')}
          text={isSuspended ? undefined : t('text')}
          action={
            isStaff && (
              <Link to="/operator" className={buttonLook('primary')}>
                {t('staff')}
              </Link>
            )
          }
        />
      </Card>
      <div className="mt-5">
        <Announcements />
      </div>
    </>
  );
}
