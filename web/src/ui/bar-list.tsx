import type { ReactNode } from 'react';

export interface BarItem {
  readonly id: string;
  readonly label: ReactNode;
  /** What the bar's length is of. */
  readonly size: number;
  /** What is written at the end: Money, Numbers. */
  readonly value: ReactNode;
}

interface BarListProps {
  readonly label: string;
  readonly items: readonly BarItem[];
}

/** A ranking: bars relative to the largest. */
export function BarList({ label, items }: BarListProps) {
  const largest = Math.max(...items.map((item) => item.size), 0) || 1;
  return (
    <ul aria-label={label} className="grid gap-2.5">
      {items.map((item) => (
        <li key={item.id} className="grid gap-1">
          <div className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate">{item.label}</span>
            <span className="shrink-0 text-soft">{item.value}</span>
          </div>
          <div aria-hidden="true" className="h-1.5 rounded-full bg-sunk">
            <div
              className="h-full rounded-full bg-accent"
              style={{ width: `${item.size === 0 ? 0 : Math.max(1, (item.size / largest) * 100)}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
