import { readFileSync } from 'node:fs';
import type { Config } from '../base/config.ts';
import { limits } from '../base/limits.ts';
import type { GatewaySettings } from '../gateway/ports.ts';
import { defaultProfile, type SiteProfile } from '../site-profile/index.ts';

/** Of the program, as package.json has it. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** Where codes are explained: `<this>/errors#<code>`. */
export function docsBaseUrl(url: string): string {
  return `${url}/docs`;
}

/** The face of a site whose operator has set nothing but the environment. */
export function profileOfSettings({ siteName, supportAddress, region }: Config): SiteProfile {
  return defaultProfile({ name: siteName, supportAddress, region });
}

/**
 * `url`: the address that customers use, without a trailing slash. A function, because port 0 is known only later.
 * `site`: its face at the moment.
 */
export function gatewaySettings(
  config: Config,
  url: () => string,
  site: () => SiteProfile = () => profileOfSettings(config),
): GatewaySettings {
  return {
    get siteName() {
      return site().name;
    },
    region: config.region,
    node: config.node,
    version,
    keySite: config.keySite,
    get docsBaseUrl() {
      return docsBaseUrl(url());
    },
    get supportAddress() {
      return site().supportAddress;
    },
    maxJsonBodyBytes: config.maxJsonBody,
    maxOpaqueBodyBytes: config.maxOpaqueBody,
    timersMs: {
      connect: config.connectTimeout,
      head: config.headTimeout,
      firstToken: config.firstTokenTimeout,
      idle: config.idleTimeout,
      total: config.totalTimeout,
    },
    clientTimersMs: { head: limits.headReceiveMs, request: limits.bodyReceiveMs },
    maxRunning: limits.runningCalls,
    keepAliveMs: config.keepAlive,
  };
}
