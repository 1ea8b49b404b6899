import { type RefObject, useEffect, useRef } from 'react';
import { arrivals } from '../navigation.tsx';
import { useSiteName } from '../site.ts';

/** Names the browser's tab, and moves the focus to the heading when the reader came by a link. */
export function usePageTitle(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const site = useSiteName();
  useEffect(() => {
    document.title = site === '' ? title : `${title} · ${site}`;
  }, [title, site]);
  useEffect(() => {
    // Not on the first page: there the browser has put the focus where readers expect it.
    if (!arrivals.claim()) return;
    // A page whose first field takes the focus has decided by itself.
    const focused = document.activeElement;
    if (focused && focused !== document.body && heading.current?.closest('main')?.contains(focused)) return;
    heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
