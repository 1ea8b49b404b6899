/**
 * The face of the site, changed without a restart: name, logo, contacts, regions, languages, whether one may register.
 *
 * Promises: what nobody has set is what the settings say; a change is in force here at once, on other nodes within seconds.
 * Never: waits for the database to say its name, serves a logo that could run anything.
 */
export { logoUrl } from './json.ts';
export type { Logo } from './logo.ts';
export {
  type Contact,
  defaultProfile,
  type Locale,
  type ProfileDefaults,
  type Region,
  type SiteProfile,
} from './profile.ts';
export { createSiteProfile, type SiteProfileOptions, type SiteProfileStore } from './store.ts';
