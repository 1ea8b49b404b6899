import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Skeleton } from './skeleton.tsx';

export interface Fact {
  readonly id: string;
  readonly label: string;
  readonly value: ReactNode;
}

const columnLooks = { 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-2 lg:grid-cols-3', 4: 'sm:grid-cols-2 lg:grid-cols-4' };

interface FactsProps {
  readonly facts: readonly Fact[];
  readonly columns?: keyof typeof columnLooks;
}

/** Names and values of one thing. */
export function Facts({ facts, columns = 4 }: FactsProps) {
  return (
    <dl className={cx('grid gap-x-6 gap-y-2 sm:gap-y-4', columnLooks[columns])}>
      {facts.map(({ id, label, value }) => (
        <div key={id} className="min-w-0 max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-4">
          <dt className="text-[0.8125rem] text-soft max-sm:shrink-0">{label}</dt>
          <dd className="mt-0.5 min-h-[1.3125rem] min-w-0 break-words max-sm:text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function FactsSkeleton({ count, columns = 4 }: { readonly count: number } & Pick<FactsProps, 'columns'>) {
  const facts = Array.from({ length: count }, (_, index) => ({
    id: String(index),
    label: '\u00a0',
    value: <Skeleton className="my-[0.1875rem] h-[0.9375rem] w-24" />,
  }));
  return <Facts facts={facts} columns={columns} />;
}
