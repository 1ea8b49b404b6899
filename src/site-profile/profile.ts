import { z } from 'zod';

/** Languages that the program speaks. */
export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];

export const contactKinds = ['email', 'chat', 'phone', 'link'] as const;
export const contactTopics = ['technical', 'pre_sales', 'after_sales', 'billing', 'security'] as const;

/** Enough for any page that a person would read. */
export const listMax = 20;
const textMax = 100;

/** One line for people: no control characters, no blanks around it. */
const lineShape = z
  .string()
  .trim()
  .max(textMax)
  .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u, 'must be one line of printable characters');
const webAddressShape = z
  .string()
  .max(500)
  .refine(isWebAddress, 'must be an address that begins with https:// or http://');
const mailAddressShape = z
  .string()
  .max(254)
  .regex(/^[^\s@<>"',;:]+@[^\s@<>"',;:]+$/, 'must be a mail address');

/** Where people reach the operator. An empty label falls back to the other language. */
export const contactShape = z
  .object({
    kind: z.enum(contactKinds),
    label: z.object({ en: lineShape, zh: lineShape }),
    value: z.string().trim().min(1).max(500),
    topics: z.array(z.enum(contactTopics)).max(contactTopics.length),
  })
  .superRefine(({ kind, value }, context) => {
    const problem = contactProblem(kind, value);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['value'], message: problem });
  });

export const regionShape = z.object({
  name: z.string().regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 lower-case letters, digits or dashes'),
  label: lineShape.min(1),
  api_base_url: z
    .string()
    .max(500)
    .refine(isBaseUrl, 'must be an address such as https://api.example.com, without a query')
    .transform((url) => url.replace(/\/+$/, '')),
});

const legalShape = z.object({ terms_url: webAddressShape.nullable(), privacy_url: webAddressShape.nullable() });

/** What an operator may set; null: what the settings say, or nothing. Kept in the database in this very form. */
export const storedMembers = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]+$/u, 'must be one line of printable characters')
    .nullable(),
  support_address: mailAddressShape.nullable(),
  contact: z.array(contactShape).max(listMax),
  regions: z.array(regionShape).min(1).max(listMax).nullable(),
  languages: z.array(z.enum(locales)).min(1).max(locales.length),
  default_language: z.enum(locales),
  registration: z.enum(['open', 'closed']),
  legal: legalShape,
  key_leak_address: mailAddressShape.nullable(),
};

export const storedShape = z.object({
  ...storedMembers,
  /** Its bytes stand elsewhere: this is read often. */
  logo: z.object({ content_type: z.string(), tag: z.string() }).nullable(),
});

/** The row as it is kept. */
export type StoredProfile = z.output<typeof storedShape>;

export type Contact = z.output<typeof contactShape>;
export type Region = z.output<typeof regionShape>;

/** From the settings of the environment. */
export interface ProfileDefaults {
  readonly name: string;
  readonly supportAddress: string;
  /** Of this node. */
  readonly region: string;
}

/** The site as everybody may see it. */
export interface SiteProfile {
  readonly name: string;
  readonly supportAddress: string;
  readonly logo: { readonly contentType: string; readonly tag: string } | null;
  readonly contact: readonly Contact[];
  /** Null: one, which is this node's. */
  readonly regions: readonly Region[] | null;
  readonly languages: readonly Locale[];
  readonly defaultLanguage: Locale;
  readonly registration: 'open' | 'closed';
  readonly legal: { readonly termsUrl: string | null; readonly privacyUrl: string | null };
  /** Where somebody who found a key writes to; null: the support address. */
  readonly keyLeakAddress: string | null;
}

export const nothingStored: StoredProfile = {
  name: null,
  support_address: null,
  logo: null,
  contact: [],
  regions: null,
  languages: [...locales],
  default_language: 'en',
  registration: 'open',
  legal: { terms_url: null, privacy_url: null },
  key_leak_address: null,
};

/**
 * A row as an older or newer program may have left it: members that this one cannot read are as if never set. The site
 * must come up whatever stands there.
 */
export function readStored(value: unknown): StoredProfile {
  const row = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const read: Record<string, unknown> = { ...nothingStored };
  for (const [name, shape] of Object.entries(storedShape.shape)) {
    const result = shape.safeParse(row[name]);
    if (result.success) read[name] = result.data;
  }
  return read as StoredProfile;
}

export function profileOf(stored: StoredProfile, defaults: ProfileDefaults): SiteProfile {
  return {
    name: stored.name ?? defaults.name,
    supportAddress: stored.support_address ?? defaults.supportAddress,
    logo: stored.logo === null ? null : { contentType: stored.logo.content_type, tag: stored.logo.tag },
    contact: stored.contact,
    regions: stored.regions,
    languages: stored.languages,
    defaultLanguage: stored.default_language,
    registration: stored.registration,
    legal: { termsUrl: stored.legal.terms_url, privacyUrl: stored.legal.privacy_url },
    keyLeakAddress: stored.key_leak_address,
  };
}

/** Of a site whose operator has set nothing. */
export function defaultProfile(defaults: ProfileDefaults): SiteProfile {
  return profileOf(nothingStored, defaults);
}

export interface ProfileProblem {
  readonly member: string;
  readonly message: string;
}

/** What is wrong between members that are right each for itself. */
export function profileProblems({ languages, default_language, regions }: StoredProfile): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  if (new Set(languages).size !== languages.length) {
    problems.push({ member: 'languages', message: 'names a language twice' });
  }
  if (!languages.includes(default_language)) {
    problems.push({ member: 'default_language', message: `must be one of the languages: ${languages.join(', ')}` });
  }
  const seen = new Set<string>();
  for (const [index, { name }] of (regions ?? []).entries()) {
    if (seen.has(name)) problems.push({ member: `regions.${index}.name`, message: `${name} is there twice` });
    seen.add(name);
  }
  return problems;
}

function contactProblem(kind: Contact['kind'], value: string): string | null {
  switch (kind) {
    case 'email':
      return mailAddressShape.safeParse(value).success ? null : 'must be a mail address';
    case 'link':
      return isWebAddress(value) ? null : 'must be an address that begins with https:// or http://';
    case 'phone':
      return /^\+?[0-9][0-9 ()./-]{2,40}$/.test(value) ? null : 'must be a telephone number such as +44 20 7946 0000';
    case 'chat':
      return /^[^\p{Cc}\p{Cf}\u2028\u2029]{1,200}$/u.test(value) ? null : 'must be one line of 200 characters at most';
  }
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text) || /[\s\p{Cc}]/u.test(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

function isBaseUrl(text: string): boolean {
  return isWebAddress(text) && !/[?#]/.test(text);
}
