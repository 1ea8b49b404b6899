import { useRead } from '../../api/queries.ts';
import type { Calendar, TargetPolicy } from '../../api/schema.ts';

/** Of each policy its versions, the newest first. */
export function usePolicies() {
  const reading = useRead('/admin/v1/target-policies', {});
  return { reading, policies: reading.data ? byPolicy(reading.data.data) : null };
}

export function useCalendars() {
  const reading = useRead('/admin/v1/calendars', {});
  return { reading, calendars: reading.data?.data ?? null };
}

export interface PolicyVersions {
  readonly newest: TargetPolicy;
  readonly older: readonly TargetPolicy[];
}

/** The site's own first, in the order of plans. */
const usual = ['starter', 'pro', 'enterprise', 'vulnerability'];

function byPolicy(all: readonly TargetPolicy[]): readonly PolicyVersions[] {
  const versions = Object.values(Object.groupBy(all, ({ id }) => id)).flatMap((own = []) => {
    const [newest, ...older] = own.toSorted((one, other) => other.version - one.version);
    return newest ? [{ newest, older }] : [];
  });
  const place = ({ newest: { id } }: PolicyVersions) => (usual.includes(id) ? usual.indexOf(id) : usual.length);
  return versions.toSorted(
    (one, other) => place(one) - place(other) || one.newest.name.localeCompare(other.newest.name),
  );
}

/** Null: around the clock. Undefined: the list does not have it (yet). */
export function calendarOf(calendars: readonly Calendar[] | null, id: string | null): Calendar | null | undefined {
  return id === null ? null : calendars?.find((calendar) => calendar.id === id);
}
