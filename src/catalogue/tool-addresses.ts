import type { Family } from '../gateway/ports.ts';

/** A base URL as some tools want it: some append the version themselves. docs/clients.md has tried each. */
export interface ToolAddress {
  readonly region: string;
  /** What stands behind the API base URL. */
  readonly form: 'root' | 'v1' | 'v1beta';
  readonly url: string;
  readonly usedBy: readonly string[];
}

export interface ApiRegion {
  readonly name: string;
  /** Without a slash at the end. */
  readonly apiBaseUrl: string;
}

type Form = Omit<ToolAddress, 'region' | 'url'>;

const forms: Readonly<Record<Family, readonly Form[]>> = {
  openai: [
    { form: 'v1', usedBy: ['Codex', 'OpenClaw', 'opencode', 'Qwen Code', 'Continue', 'OpenAI SDKs', 'Vercel AI SDK'] },
  ],
  anthropic: [
    { form: 'root', usedBy: ['Claude Code', 'OpenClaw', 'Qwen Code', 'Anthropic SDKs'] },
    { form: 'v1', usedBy: ['opencode', 'Vercel AI SDK'] },
  ],
  gemini: [
    { form: 'root', usedBy: ['Gemini CLI', 'Qwen Code', 'Google Gen AI SDKs'] },
    { form: 'v1beta', usedBy: ['OpenClaw', 'opencode', 'Vercel AI SDK'] },
  ],
};

const paths: Readonly<Record<ToolAddress['form'], string>> = { root: '', v1: '/v1', v1beta: '/v1beta' };

export function toolAddresses(family: Family, regions: readonly ApiRegion[]): readonly ToolAddress[] {
  return regions.flatMap(({ name, apiBaseUrl }) =>
    forms[family].map((each) => ({ ...each, region: name, url: apiBaseUrl + paths[each.form] })),
  );
}
