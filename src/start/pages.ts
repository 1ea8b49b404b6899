import type { Config } from '../base/config.ts';
import { keyFixedPart } from '../base/key-format.ts';
import type { Pages } from '../gateway/ports.ts';
import { type BaseUrlForm, baseUrlPage, type FrontDoor, pageLocale } from '../http/index.ts';
import { logoUrl, type SiteProfile } from '../site-profile/index.ts';
import { docsBaseUrl, profileOfSettings, version } from './settings.ts';

/** What to set as base URL, by vendor. */
function baseUrlForms(url: string): readonly BaseUrlForm[] {
  return [
    { vendor: 'OpenAI', url: `${url}/v1`, usedBy: 'Codex, OpenClaw, Continue, OpenAI SDKs' },
    { vendor: 'Anthropic', url, usedBy: 'Claude Code, Anthropic SDKs' },
    { vendor: 'Gemini', url, usedBy: 'Gemini CLI, Google Gen AI SDKs' },
  ];
}

/** `url`: as in `gatewaySettings`. `site`: its face at the moment. */
export function pages(
  config: Config,
  url: () => string,
  site: () => SiteProfile = () => profileOfSettings(config),
): Pages {
  return {
    baseUrl: ({ path, acceptLanguage, query, requestId }) => {
      const profile = site();
      const apiUrl = profile.regions?.find(({ name }) => name === config.region)?.api_base_url ?? url();
      return baseUrlPage({
        siteName: profile.name,
        region: config.region,
        version,
        supportAddress: profile.supportAddress,
        docsUrl: docsBaseUrl(url()),
        baseUrls: baseUrlForms(apiUrl),
        locale: localeOf(profile, acceptLanguage, query),
        keyPrefix: keyFixedPart(config.keySite),
        requestId,
        healthBaseUrl: apiUrl,
        logoUrl: logoUrl(profile.logo, url()),
        consoleUrl: `${url()}/console`,
        ...(path === '/' ? { door: doorOf(profile, url()) } : {}),
      });
    },
  };
}

/** A site may speak one language only. */
function localeOf({ languages, defaultLanguage }: SiteProfile, acceptLanguage: string, query: string) {
  const asked = pageLocale(acceptLanguage, query, defaultLanguage);
  return languages.includes(asked) ? asked : defaultLanguage;
}

function doorOf(profile: SiteProfile, url: string): FrontDoor {
  return {
    signInUrl: `${url}/console/sign-in`,
    registerUrl: profile.registration === 'open' ? `${url}/console/register` : null,
    regions: (profile.regions ?? []).map(({ label, api_base_url }) => ({ label, apiBaseUrl: api_base_url })),
    contacts: profile.contact,
    reportKeyUrl: `${url}/console/report-key`,
    termsUrl: profile.legal.termsUrl,
    privacyUrl: profile.legal.privacyUrl,
  };
}
