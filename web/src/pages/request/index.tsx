import { ChevronLeft } from 'lucide-react';
import type { ApiProblem } from '../../api/problem.ts';
import { TextLink, useParam } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { usePastedRequest } from '../requests/paste.ts';
import { useRequestPlaces } from '../requests/places.ts';
import { Explained } from './explained.tsx';
import { NoId, NotFound } from './not-found.tsx';
import { Outline } from './outline.tsx';
import { useRequest } from './use-request.ts';

/** As much of an id as tells it from its neighbours. */
const shownCharacters = 7;

export function Page() {
  const t = useTranslations('request');
  const id = useParam('id');
  const { view, error, retry } = useRequest(id);
  const { list } = useRequestPlaces();
  usePastedRequest();
  return (
    <>
      <PageHeader
        title={t('title', { id: `…${id.slice(-shownCharacters)}` })}
        back={
          <TextLink to={list} className="inline-flex items-center gap-0.5">
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
