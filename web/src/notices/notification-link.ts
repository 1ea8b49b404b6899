import type { PagePath } from '../navigation.tsx';

/** A link of the API, `/console/account/security?tab=sessions`, as the router takes it; null: nowhere. Pure. */
export function linkTarget(link: string | null): { to: PagePath; search: Record<string, string> } | null {
  if (link === null || !/^\/console(?:[/?]|$)/.test(link)) return null;
  const { pathname, searchParams } = new URL(link, 'https://console.invalid');
  if (!/^\/console(?:\/|$)/.test(pathname)) return null;
  const path = pathname.slice('/console'.length).replace(/\/+$/, '');
  return { to: path === '' ? '/' : (path as PagePath), search: Object.fromEntries(searchParams) };
}
