import { readFileSync } from 'node:fs';
import type { Config } from '../base/config.ts';
import { limits } from '../base/limits.ts';
import type { GatewaySettings } from '../gateway/ports.ts';

/** Of the program, as package.json has it. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** Where codes are explained: `<this>/errors#<code>`. */
export function docsBaseUrl(url: string): string {
  return `${url}/docs`;
}

/** `url`: the address that customers use, without a trailing slash. A function, because port 0 is known only later. */
export function gatewaySettings(config: Config, url: () => string): GatewaySettings {
  return {
    siteName: config.siteName,
    region: config.region,
    node: config.node,
    version,
    keySite: config.keySite,
    get docsBaseUrl() {
      return docsBaseUrl(url());
    },
    supportAddress: config.supportAddress,
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
