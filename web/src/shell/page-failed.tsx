import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Card } from '../ui/card.tsx';
import { ErrorState } from '../ui/error-state.tsx';

interface PageFailedProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** In the place of a page that threw; the frame around it stays. */
export function PageFailed({ error, onRetry }: PageFailedProps) {
  const client = useQueryClient();
  useEffect(() => console.error(error), [error]);
  return (
    <Card>
      <ErrorState
        error={error}
        onRetry={() => {
          void client.resetQueries({ predicate: (query) => query.state.status === 'error' });
          onRetry();
        }}
      />
    </Card>
  );
}
