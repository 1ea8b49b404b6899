import { z } from 'zod';
import { logoContentTypes, logoMaxBytes } from './logo.ts';
import {
  contactShape,
  locales,
  type ProfileDefaults,
  type SiteProfile,
  type StoredProfile,
  storedMembers,
} from './profile.ts';

const regionBody = z.object({ name: z.string(), label: z.string(), api_base_url: z.string() });
const contactBody = z.object({
  kind: contactShape.shape.kind,
  label: z.object({ en: z.string(), zh: z.string() }).describe('An empty one falls back to the other.'),
  value: z.string().describe('A mail address, a name or number in a chat, a telephone number, or a web address.'),
  topics: contactShape.shape.topics,
});
const legalBody = z.object({ terms_url: z.string().nullable(), privacy_url: z.string().nullable() });

/** What everybody may know of the site. */
export const publicSiteSchema = z
  .object({
    name: z.string(),
    logo_url: z.string().nullable().describe('On this site. A changed logo has another address.'),
    languages: z.array(z.enum(locales)),
    default_language: z.enum(locales),
    regions: z.array(regionBody).describe('At least this one.'),
    contact: z.array(contactBody),
    registration: z.enum(['open', 'closed']).describe('closed: only people who were invited can register.'),
    sso: z.object({ label: z.string() }).nullable().describe('Single sign-on: the text of its button.'),
    outbox_visible: z.boolean().describe('Whether mail is shown in the built-in outbox because there is no relay.'),
    version: z.string(),
    region: z.string().describe('Of the node that answered.'),
    api_base_url: z.string().describe('Of this region.'),
    support_address: z.string(),
    key_leak_address: z.string().describe('Where to report a key that was found.'),
    legal: legalBody,
  })
  .meta({ id: 'Site' });

/** What staff may change, and what stands there otherwise. */
export const siteSettingsSchema = z
  .object({
    name: z.string().nullable().describe('Null: the default.'),
    support_address: z.string().nullable().describe('Null: the default.'),
    logo_url: z.string().nullable(),
    languages: z.array(z.enum(locales)),
    default_language: z.enum(locales),
    regions: z.array(regionBody).nullable().describe('Null: the default, one region.'),
    contact: z.array(contactBody),
    registration: z.enum(['open', 'closed']),
    legal: legalBody,
    key_leak_address: z.string().nullable().describe('Null: the support address.'),
    defaults: z
      .object({ name: z.string(), support_address: z.string(), regions: z.array(regionBody) })
      .describe('From the settings of the environment.'),
  })
  .meta({ id: 'SiteSettings' });

export const siteChangeBody = z.object({
  ...z.object(storedMembers).partial().shape,
  logo: z
    .object({
      content_type: z.enum(logoContentTypes),
      data: z
        .string()
        .min(1)
        .max(Math.ceil(logoMaxBytes / 3) * 4 * 2)
        .describe(
          'Base64 of the file, 128 kB at most. An SVG may only draw: no script, no link, no reference outside.',
        ),
    })
    .nullable()
    .optional()
    .describe('Null takes the logo away.'),
});

/** What this node knows beside the profile. */
export interface SiteSurroundings {
  readonly version: string;
  /** The address that customers use, without a trailing slash. */
  readonly url: () => string;
  readonly sso: () => { readonly label: string } | null;
  readonly outboxVisible: () => boolean;
}

type RegionBody = z.output<typeof regionBody>;

export function publicSiteBody(
  profile: SiteProfile,
  defaults: ProfileDefaults,
  { version, url, sso, outboxVisible }: SiteSurroundings,
): z.input<typeof publicSiteSchema> {
  const regions = profile.regions ?? [ownRegion(defaults, url())];
  const label = sso()?.label;
  return {
    name: profile.name,
    logo_url: logoUrl(profile.logo, url()),
    languages: [...profile.languages],
    default_language: profile.defaultLanguage,
    regions: regions.map((region) => ({ ...region })),
    contact: profile.contact.map((contact) => ({ ...contact })),
    registration: profile.registration,
    sso: label === undefined ? null : { label },
    outbox_visible: outboxVisible(),
    version,
    region: defaults.region,
    api_base_url: regions.find(({ name }) => name === defaults.region)?.api_base_url ?? url(),
    support_address: profile.supportAddress,
    key_leak_address: profile.keyLeakAddress ?? profile.supportAddress,
    legal: { terms_url: profile.legal.termsUrl, privacy_url: profile.legal.privacyUrl },
  };
}

/** `stored`: what was set; null members take the default. */
export function siteSettingsBody(
  stored: StoredProfile,
  defaults: ProfileDefaults,
  url: string,
): z.input<typeof siteSettingsSchema> {
  const { logo, ...members } = stored;
  return {
    ...members,
    logo_url: logoUrl(logo, url),
    defaults: {
      name: defaults.name,
      support_address: defaults.supportAddress,
      regions: [ownRegion(defaults, url)],
    },
  };
}

/** A path, so that it works under whatever name the site is reached; with what a proxy puts before it. */
export function logoUrl(logo: { readonly tag: string } | null, url: string): string | null {
  if (logo === null) return null;
  const prefix = URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : '';
  return `${prefix}/control/v1/site/logo?v=${logo.tag}`;
}

function ownRegion({ region }: ProfileDefaults, url: string): RegionBody {
  return { name: region, label: region, api_base_url: url };
}
