import { useRead } from '../../api/queries.ts';
import { useStaffCan } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { FailingChannels } from './failing-channels.tsx';
import { Failures } from './failures.tsx';
import { Figures } from './figures.tsx';
import { NewCustomers } from './new-customers.tsx';

const everyMs = 5_000;

/** What an operator looks at first: whether calls are served, by which channels, and what waits. */
export function Page() {
  const t = useTranslations('operator.overview');
  const tShell = useTranslations('shell.pages');
  const overview = useRead('/admin/v1/overview', {}, { everyMs });
  const maySeeChannels = useStaffCan('catalogue.read');
  const { data, error } = overview;
  return (
    <>
      <PageHeader title={tShell('operatorOverview')} description={t('description')} />
      {error && !data ? (
        <Card>
          <ErrorState error={error} onRetry={overview.retry} />
        </Card>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <Figures overview={data ?? null} />
          <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
            <FailingChannels channels={data?.failing_channels ?? null} mayOpen={maySeeChannels} />
            <Failures recent={data?.recent ?? null} />
          </div>
          <NewCustomers />
        </div>
      )}
    </>
  );
}
