import type { Config } from '../base/config.ts';
import { keyFixedPart } from '../base/key-format.ts';
import type { Pages } from '../gateway/ports.ts';
import { type BaseUrlForm, baseUrlPage, pageLocale } from '../http/index.ts';
import { docsBaseUrl, version } from './settings.ts';

/** What to set as base URL, by vendor. */
function baseUrlForms(url: string): readonly BaseUrlForm[] {
  return [
    { vendor: 'OpenAI', url: `${url}/v1`, usedBy: 'Codex, OpenClaw, Continue, OpenAI SDKs' },
    { vendor: 'Anthropic', url, usedBy: 'Claude Code, Anthropic SDKs' },
    { vendor: 'Gemini', url, usedBy: 'Gemini CLI, Google Gen AI SDKs' },
  ];
}

/** `url`: as in `gatewaySettings`. */
export function pages(config: Config, url: () => string): Pages {
  return {
    baseUrl: ({ acceptLanguage, query, requestId }) =>
      baseUrlPage({
        siteName: config.siteName,
        region: config.region,
        version,
        supportAddress: config.supportAddress,
        docsUrl: docsBaseUrl(url()),
        baseUrls: baseUrlForms(url()),
        locale: pageLocale(acceptLanguage, query),
        keyPrefix: keyFixedPart(config.keySite),
        requestId,
        healthBaseUrl: url(),
      }),
  };
}
