import type { Page } from '../routes.tsx';
import type { SessionOrganization } from '../session.tsx';

interface Viewer {
  readonly organization: Pick<SessionOrganization, 'permissions'> | null;
  readonly staff: { readonly permissions: readonly string[] } | null;
}

/** What of a page's needs the viewer has not: null when it may be seen. Pure. */
export function missingNeed(page: Pick<Page, 'needs'>, viewer: Viewer): 'staff' | 'permission' | null {
  const { staff, permission } = page.needs ?? {};
  if (staff !== undefined && !viewer.staff?.permissions.includes(staff)) return 'staff';
  if (permission !== undefined && !viewer.organization?.permissions.includes(permission)) return 'permission';
  return null;
}

/** The page of the navigation that a path belongs to: the one with the longest path that it begins with. Pure. */
export function navigationPage<Listed extends Pick<Page, 'path'>>(
  path: string,
  listed: readonly Listed[],
): Listed | null {
  const holding = listed.filter(({ path: own }) => path === own || (own !== '/' && path.startsWith(`${own}/`)));
  return holding.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
}
