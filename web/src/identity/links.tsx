import type { ReactNode } from 'react';
import { type PagePath, TextLink } from '../navigation.tsx';

/** For a message with `<a>…</a>` in it: the link to a page, with where to go on afterwards. */
export function linkTo(to: PagePath, search: Readonly<Record<string, string | undefined>> = {}) {
  return (chunks: ReactNode) => (
    <TextLink to={to} search={search}>
      {chunks}
    </TextLink>
  );
}

export function strong(chunks: ReactNode) {
  return <strong className="font-semibold wrap-anywhere text-ink">{chunks}</strong>;
}
