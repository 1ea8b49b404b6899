import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
}

/** Says why there is nothing, and what to do about it. */
export function EmptyState({ icon: Icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1 px-6 py-12 text-center">
      <span className="mb-2 grid size-11 place-items-center rounded-xl bg-sunk text-soft">
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <p className="text-[0.9375rem] font-semibold">{title}</p>
      {text && <div className="max-w-[52ch] text-soft">{text}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
