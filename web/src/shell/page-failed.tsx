import { useQueryClient } from '@tanstack/react-query';
import { useMatches } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Card } from '../ui/card.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { useTranslations } from '../words/use-translations.ts';

interface PageFailedProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** In the place of a page that threw; the frame around it stays. */
export function PageFailed({ error, onRetry }: PageFailedProps) {
  const client = useQueryClient();
  useEffect(() => console.error(error), [error]);
  const t = useTranslations('shell.pages');
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData.page });
  return (
    <>
      {page && <PageHeader title={t(page.title)} />}
      <Card>
        <ErrorState
          error={error}
          onRetry={() => {
            void client.resetQueries({ predicate: (query) => query.state.status === 'error' });
            onRetry();
          }}
        />
      </Card>
    </>
  );
}
