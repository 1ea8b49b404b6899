import type { Ask } from '../../api/client.ts';
import { fromZoned } from '../../zoned-time.ts';

export const filterNames = ['search', 'actor', 'kind', 'subject', 'since', 'until'] as const;
export type FilterName = (typeof filterNames)[number];

/** What an entry is about, as it can be chosen. */
export const kinds = [
  'organization',
  'member',
  'invitation',
  'team',
  'project',
  'role',
  'grant',
  'key',
  'account',
] as const;

type Query = NonNullable<Ask<'/control/v1/organizations/{organization}/audit'>['query']>;

/** What the address asks for. Its dates are days of the reader, the last one included. Pure. */
export function askedOf(
  { kind, since, until, ...rest }: Readonly<Partial<Record<FilterName, string>>>,
  timeZone: string | undefined,
): Query {
  return {
    ...rest,
    subject_kind: kinds.find((each) => each === kind),
    since: startOf(since, 0, timeZone),
    until: startOf(until, 1, timeZone),
  };
}

function startOf(day: string | undefined, daysOn: number, timeZone: string | undefined): string | undefined {
  if (day === undefined || !/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) return undefined;
  const wanted = new Date(ms + daysOn * 86_400_000).toISOString().slice(0, 10);
  return fromZoned(`${wanted}T00:00`, timeZone) ?? undefined;
}
