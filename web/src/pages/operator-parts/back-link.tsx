import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { type PagePath, TextLink } from '../../navigation.tsx';

/** From a page to the list that it belongs to. */
export function BackLink({ to, children }: { readonly to: PagePath; readonly children: ReactNode }) {
  return (
    <TextLink to={to} className="inline-flex items-center gap-0.5">
      <ChevronLeft aria-hidden="true" className="size-3.5" />
      {children}
    </TextLink>
  );
}
