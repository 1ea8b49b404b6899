import type { ReactNode } from 'react';
import { usePageTitle } from './page-title.ts';

interface PageHeaderProps {
  /** Of the page, and of the browser's tab. Known before the page's data: it takes the focus on arrival. */
  readonly title: string;
  /** Beside the title: a status. */
  readonly badge?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Above the title: where a page below another one leads back to. */
  readonly back?: ReactNode;
}

/** The one h1 of a page. Every page has exactly one, from its first moment. */
export function PageHeader({ title, badge, description, actions, back }: PageHeaderProps) {
  const heading = usePageTitle(title);
  return (
    <header className="mb-6 flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0 grow basis-72">
        {back && <div className="mb-1 text-[0.8125rem]">{back}</div>}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 ref={heading} tabIndex={-1} className="min-w-0 text-[1.375rem] leading-8 font-semibold">
            {title}
          </h1>
          {badge}
        </div>
        {description && <div className="mt-1 max-w-[72ch] text-soft">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
