import type { ReactNode } from 'react';

export type SideFact = readonly [label: string, value: ReactNode];

/** Names and values in a narrow column. */
export function SideFacts({ facts }: { readonly facts: readonly SideFact[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-[0.8125rem]">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-soft">{label}</dt>
          <dd className="min-w-0 text-right wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
