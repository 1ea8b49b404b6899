import { MailX } from 'lucide-react';
import { useRead } from '../../api/queries.ts';
import { TextLink, useQueryValue } from '../../navigation.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { MailList } from './mail-list.tsx';
import { MailView } from './mail-view.tsx';

/** Whoever waits for a mail sees it come. */
const everyMs = 3_000;

/** Mail of a site without a relay, for the machine that it runs on: so that the first person can register at all. */
export function Page() {
  const t = useTranslations('outbox');
  const reading = useRead('/control/v1/outbox', {}, { everyMs });
  const chosen = useQueryValue('mail');
  if (reading.error?.code === 'outbox_closed') {
    const signIn = <TextLink to="/sign-in">{t('signIn')}</TextLink>;
    return (
      <div className="w-full max-w-2xl">
        <PageHeader title={t('title')} />
        <div className="rounded-2xl border border-line bg-card">
          <EmptyState icon={MailX} title={t('closed')} text={t('closedText')} action={signIn} />
        </div>
      </div>
    );
  }
  return (
    <div className="w-full max-w-5xl self-start">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<TextLink to="/sign-in">{t('signIn')}</TextLink>}
      />
      <Loaded reading={reading} skeleton={<Skeleton className="h-96 w-full rounded-2xl" />}>
        {({ data }) => {
          const shown = data.find(({ id }) => id === chosen) ?? data[0];
          return (
            <div className="grid grid-cols-[minmax(0,1fr)] overflow-hidden rounded-2xl border border-line bg-card shadow-lift md:min-h-144 md:grid-cols-[20rem_minmax(0,1fr)]">
              <div className={cx('min-w-0 border-line md:border-r', chosen !== null && 'max-md:hidden')}>
                <MailList mails={data} shown={shown?.id ?? null} />
              </div>
              <div className={cx('min-w-0', chosen === null && 'max-md:hidden')}>
                {shown && <MailView key={shown.id} mail={shown} />}
              </div>
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}
