import type { SiteSettings } from '../../api/schema.ts';
import type { Draft } from './draft.ts';

/** What an image of the logo is loaded from: the file that was chosen, or the one that is set. Null: there is none. */
export function logoSource({ logo }: Pick<Draft, 'logo'>, { logo_url: set }: SiteSettings): string | null {
  if (logo === undefined) return set;
  return logo === null ? null : `data:${logo.content_type};base64,${logo.data}`;
}
