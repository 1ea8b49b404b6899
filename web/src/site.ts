import { useRead } from './api/queries.ts';
import type { Site } from './api/schema.ts';

const staleMs = 300_000;

/** The site's public facts; undefined while they are on their way. */
export function useSite(): { readonly site: Site | undefined; readonly error: unknown } {
  const { data, error } = useRead('/control/v1/site', {}, { staleMs });
  return { site: data, error };
}

/** Empty until it is known. */
export function useSiteName(): string {
  return useSite().site?.name ?? '';
}
