import { useEffect, useState } from 'react';
import type { ApiProblem } from '../../api/problem.ts';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { useOrganizationChoice, useStaffCan } from '../../session.tsx';
import { useRequestPlaces } from '../requests/places.ts';
import { foreignView, isRunning, ownView, type RequestView } from './view.ts';

/** While it runs it is looked at so often. */
const runningMs = 1_000;
const minute = 60_000;

interface RequestReading {
  readonly view: RequestView | null;
  readonly error: ApiProblem | null;
  retry(): void;
}

/** A call as the organization's members may see it, and as staff may; both, where the viewer is both. */
export function useRequest(id: string): RequestReading {
  const { id: locale } = useLanguage();
  const { organization } = useOrganizationChoice();
  // Among the operator's pages nobody is asked for the chosen organization: the call is anybody's.
  const isMember = !useRequestPlaces().isStaff && (organization?.permissions.includes('requests.read') ?? false);
  const isStaff = useStaffCan('requests.read');
  const [running, setRunning] = useState(false);
  const times = { ...(running ? { everyMs: runningMs } : {}), staleMs: running ? 0 : minute, keepLast: true };
  const own = useRead(
    '/control/v1/organizations/{organization}/requests/{id}',
    { params: { organization: organization?.id ?? '', id }, query: { locale } },
    { ...times, enabled: isMember },
  );
  const all = useRead('/admin/v1/requests/{id}', { params: { id }, query: { locale } }, { ...times, enabled: isStaff });
  const settled = !isMember || own.error !== null;
  const view = own.data ? ownView(own.data, all.data ?? null) : settled && all.data ? foreignView(all.data) : null;
  const runs = view !== null && isRunning(view);
  useEffect(() => setRunning(runs), [runs]);
  return {
    view,
    // Staff who are not allowed, or have not heard yet, see what the organization's own answer was.
    error: view !== null || (isStaff && all.error === null) ? null : (own.error ?? all.error),
    retry: () => {
      if (isMember) own.retry();
      if (isStaff) all.retry();
    },
  };
}
