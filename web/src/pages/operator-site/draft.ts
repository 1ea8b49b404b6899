import type { Body } from '../../api/client.ts';
import type { SiteSettings } from '../../api/schema.ts';

export type SiteChange = Body<'/admin/v1/site', 'patch'>;
export type Contact = SiteSettings['contact'][number];
export type Region = NonNullable<SiteSettings['regions']>[number];
export type Logo = NonNullable<NonNullable<SiteChange['logo']>>;

/** The settings as they stand in the form. */
export interface Draft {
  readonly name: string;
  readonly support_address: string;
  readonly key_leak_address: string;
  /** Undefined: as it is. */
  readonly logo: Logo | null | undefined;
  readonly contact: readonly Contact[];
  readonly regions: readonly Region[] | null;
  readonly languages: readonly Locale[];
  readonly default_language: Locale;
  readonly registration: SiteSettings['registration'];
  readonly terms_url: string;
  readonly privacy_url: string;
}

export type Locale = SiteSettings['default_language'];
export const locales = ['en', 'zh'] as const satisfies readonly Locale[];

export function draftOf(settings: SiteSettings): Draft {
  return {
    name: settings.name ?? '',
    support_address: settings.support_address ?? '',
    key_leak_address: settings.key_leak_address ?? '',
    logo: undefined,
    contact: settings.contact,
    regions: settings.regions,
    languages: settings.languages,
    default_language: settings.default_language,
    registration: settings.registration,
    terms_url: settings.legal.terms_url ?? '',
    privacy_url: settings.legal.privacy_url ?? '',
  };
}

/** What of a draft is another than what is set: the body of the change. Empty when nothing is. Pure. */
export function changeOf(draft: Draft, settings: SiteSettings): SiteChange {
  const orNull = (text: string) => text.trim() || null;
  const wanted: SiteChange = {
    name: orNull(draft.name),
    support_address: orNull(draft.support_address),
    key_leak_address: orNull(draft.key_leak_address),
    contact: draft.contact.map((contact) => ({ ...contact })),
    regions: draft.regions?.map((region) => ({ ...region })) ?? null,
    languages: [...draft.languages],
    default_language: draft.default_language,
    registration: draft.registration,
    legal: { terms_url: orNull(draft.terms_url), privacy_url: orNull(draft.privacy_url) },
  };
  const now: Readonly<Record<string, unknown>> = { ...settings };
  const changed = Object.entries(wanted).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name]));
  return { ...Object.fromEntries(changed), ...(draft.logo === undefined ? {} : { logo: draft.logo }) };
}
