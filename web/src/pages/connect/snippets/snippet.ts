import type { Family } from '../tools.ts';

export type System = 'macos' | 'linux' | 'windows';

/** What a snippet is made for. */
export interface Setting {
  readonly family: Family;
  /** Of the region, without `/v1` and without a slash at its end. */
  readonly baseUrl: string;
  readonly model: string;
  /** The key, or its shortened form (`sk-lodge-Ab3dEf9h…`) where the page does not have it. */
  readonly secret: string;
  readonly system: System;
  /** Names this site in a tool's configuration: letters, digits and dashes. */
  readonly provider: string;
  readonly siteName: string;
}

/** One thing to paste: into a terminal, a file, a program, or into the fields of a settings page. */
export type Block =
  | { readonly kind: 'terminal'; readonly code: string }
  | { readonly kind: 'file'; readonly path: string; readonly code: string }
  | { readonly kind: 'program'; readonly path: string; readonly code: string }
  | { readonly kind: 'fields'; readonly fields: readonly SettingsField[] };

export interface SettingsField {
  readonly name: 'provider' | 'baseUrl' | 'key' | 'model';
  readonly value: string;
}

/** What a step is for, in words of `connect.steps`. */
export type StepId = 'install' | 'file' | 'auth' | 'environment' | 'key' | 'run' | 'settings' | 'program';

export interface Step {
  readonly id: StepId;
  readonly block: Block;
}

/** What one has to know besides, in words of `connect.notes`. */
export type NoteId =
  | 'mergeFile'
  | 'keepMacos'
  | 'keepLinux'
  | 'keepWindows'
  | 'codexBuiltIn'
  | 'claudeUnset'
  | 'claudeModel'
  | 'geminiModels'
  | 'geminiTrust'
  | 'geminiHttps'
  | 'opencodeTitle'
  | 'openclawWait'
  | 'openclawTool'
  | 'continueUntried'
  | 'cursorPublic'
  | 'cursorChat'
  | 'editorWhere'
  | 'neverInAddress';

export interface Snippet {
  readonly steps: readonly Step[];
  readonly notes: readonly NoteId[];
}

/** The base URL in the form in which most tools of a family take it. */
export function baseUrlOf({ family, baseUrl }: Pick<Setting, 'family' | 'baseUrl'>): string {
  return family === 'openai' ? `${baseUrl}/v1` : baseUrl;
}

/** The base URL with the version, as tools on the AI SDK and OpenClaw's Gemini want it. */
export function versionedUrlOf({ family, baseUrl }: Setting): string {
  return `${baseUrl}/${family === 'gemini' ? 'v1beta' : 'v1'}`;
}

export const keyVariables: Readonly<Record<Family, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  gemini: 'GEMINI_API_KEY',
};

/** A file below the home directory, as the system writes it. */
export function homePath(system: System, ...parts: readonly string[]): string {
  return system === 'windows' ? ['%USERPROFILE%', ...parts].join('\\') : ['~', ...parts].join('/');
}

/** Lines that set variables for a terminal: sh, or PowerShell on Windows. */
export function environment(system: System, variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) =>
      system === 'windows' ? `$env:${name} = ${powerShellText(value)}` : `export ${name}=${shellText(value)}`,
    )
    .join('\n');
}

/** How variables are kept beyond the terminal. */
export function keepNote(system: System): NoteId {
  return ({ macos: 'keepMacos', linux: 'keepLinux', windows: 'keepWindows' } as const)[system];
}

/** A word of a command line. */
export function argument(system: System, text: string): string {
  return system === 'windows' && !plain.test(text) ? powerShellText(text) : shellText(text);
}

const plain = /^[\w@%+=:,./…-]+$/;

function shellText(text: string): string {
  return plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function powerShellText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A string in JSON, TOML, YAML and Python alike. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A string in TypeScript. */
export function singleQuoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

export function isLocal(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** Letters, digits and dashes of a name; something to hold on to where none is left. */
export function providerName(siteName: string): string {
  const name = siteName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32);
  // A tool has a provider of this name built in.
  return name === '' || ['openai', 'anthropic', 'google', 'gemini', 'ollama'].includes(name) ? 'gateway' : name;
}
