import { useMemo, useState } from 'react';
import { useRead } from '../../api/queries.ts';
import type { Request } from '../../api/schema.ts';
import { useCan, useOrganizationChoice } from '../../session.tsx';

const dayMs = 86_400_000;
const minuteMs = 60_000;
const looked = 50;
const most = 6;

/** The reader's calls that failed of late, the newest first; of one kind not more than two. Null: on their way, or not seen. */
export function useFailedCalls(): readonly Request[] | null {
  const { organization } = useOrganizationChoice();
  const sees = useCan('requests.read');
  const [since] = useState(() => {
    const nowMs = Date.now();
    return new Date(nowMs - (nowMs % minuteMs) - dayMs).toISOString();
  });
  const { data, error } = useRead(
    '/control/v1/organizations/{organization}/requests',
    { params: { organization: organization?.id ?? '-' }, query: { since, limit: looked } },
    { enabled: sees },
  );
  return useMemo(() => (data ? failedOf(data.data) : !sees || error !== null ? [] : null), [data, sees, error]);
}

/** Of many alike the first two say it. Pure. */
export function failedOf(requests: readonly Request[]): readonly Request[] {
  const alike = new Map<string, number>();
  return requests
    .filter(({ fault }) => fault !== null)
    .filter(({ error_code, model_asked, outcome }) => {
      const kind = `${error_code} ${model_asked} ${outcome}`;
      const count = (alike.get(kind) ?? 0) + 1;
      alike.set(kind, count);
      return count <= 2;
    })
    .slice(0, most);
}
