import { ChevronLeft } from 'lucide-react';
import type { ApiProblem } from '../../api/problem.ts';
import { TextLink, useParam } from '../../navigation.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cx } from '../../ui/cx.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { usePastedRequest } from '../requests/paste.ts';
import { ChargeCard } from './charge.tsx';
import { FactsCard, StaffCard } from './facts.tsx';
import { Headline } from './headline.tsx';
import { LimitCard } from './limit.tsx';
import { NoId, NotFound } from './not-found.tsx';
import { Outline } from './outline.tsx';
import { SupportCard } from './support.tsx';
import { TimelineCard } from './timeline.tsx';
import { useRequest } from './use-request.ts';
import type { RequestView } from './view.ts';

/** As much of an id as tells it from its neighbours. */
const shownCharacters = 7;

export function Page() {
  const t = useTranslations('request');
  const id = useParam('id');
  const { view, error, retry } = useRequest(id);
  usePastedRequest();
  return (
    <>
      <PageHeader
        title={t('title', { id: `…${id.slice(-shownCharacters)}` })}
        back={
          <TextLink to="/requests" className="inline-flex items-center gap-0.5">
            <ChevronLeft aria-hidden="true" className="size-3.5" />
            {t('back')}
          </TextLink>
        }
        description={
          <span className="flex flex-wrap items-center gap-x-1.5">
            <code className="font-mono text-[0.8125rem] break-all">{view?.id ?? id}</code>
            <CopyButton small text={view?.id ?? id} label={t('copyId')} />
          </span>
        }
      />
      {view === null ? <Missing id={id} error={error} onRetry={retry} /> : <Explained view={view} />}
    </>
  );
}

interface MissingProps {
  readonly id: string;
  readonly error: ApiProblem | null;
  readonly onRetry: () => void;
}

function Missing({ id, error, onRetry }: MissingProps) {
  if (error === null) return <Outline />;
  if (error.code === 'request_id_invalid') return <NoId />;
  if (error.code === 'request_not_found') return <NotFound id={id} />;
  return (
    <Card>
      <ErrorState error={error} onRetry={onRetry} />
    </Card>
  );
}

function Explained({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.staff');
  return (
    <div className="grid gap-5">
      {view.isForeign && (
        <Banner title={t('foreign')}>
          <p>
            {view.staff?.organizationId == null
              ? t('unowned')
              : t('foreignText', { organization: view.staff.organizationId })}
          </p>
        </Banner>
      )}
      <Headline view={view} />
      <TimelineCard view={view} />
      <div className={cx('grid gap-5', view.limit !== null && 'lg:grid-cols-[minmax(0,1fr)_22rem]')}>
        <ChargeCard view={view} />
        <LimitCard view={view} />
      </div>
      <FactsCard view={view} />
      <StaffCard view={view} />
      <SupportCard view={view} />
    </div>
  );
}
