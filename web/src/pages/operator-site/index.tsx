import { useRead } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { SiteForm } from './site-form.tsx';

/** What everybody sees of the site. */
export function Page() {
  const t = useTranslations('siteSettings.site');
  const tShell = useTranslations('shell.pages');
  const { data, error, retry } = useRead('/admin/v1/site', {});
  return (
    <>
      <PageHeader title={tShell('operatorSite')} description={t('description')} />
      {data ? (
        <SiteForm settings={data} />
      ) : error ? (
        <Card>
          <ErrorState error={error} onRetry={retry} />
        </Card>
      ) : (
        <div className="grid gap-5 lg:grid-cols-[3fr_2fr]">
          <Skeleton className="h-[40rem] w-full" />
          <Skeleton className="h-80 w-full" />
        </div>
      )}
    </>
  );
}
