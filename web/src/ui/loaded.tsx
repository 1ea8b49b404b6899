import type { ReactNode } from 'react';
import type { Reading } from '../api/queries.ts';
import { ErrorState } from './error-state.tsx';

interface LoadedProps<Data> {
  /** Of `useRead`. */
  readonly reading: Reading<Data>;
  /** What stands there meanwhile, as large as what is coming: Skeleton. */
  readonly skeleton: ReactNode;
  readonly children: (data: Data & NonNullable<unknown>) => ReactNode;
}

/** What an answer of the API is shown with, once it is there; before that its outline, or why there is none. */
export function Loaded<Data>({ reading, skeleton, children }: LoadedProps<Data>) {
  const { data, error, retry } = reading;
  if (data !== undefined && data !== null) return <>{children(data)}</>;
  return error === null ? skeleton : <ErrorState error={error} onRetry={retry} />;
}
