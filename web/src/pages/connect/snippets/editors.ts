import type { Family } from '../tools.ts';
import {
  baseUrlOf,
  homePath,
  quoted,
  type Setting,
  type SettingsField,
  type Snippet,
  versionedUrlOf,
} from './snippet.ts';

/** Editors and their extensions. */

export function continueDev(setting: Setting): Snippet {
  const { family, system, siteName, model, secret } = setting;
  const config = [
    `name: ${quoted(siteName)}`,
    'version: 1.0.0',
    'schema: v1',
    'models:',
    `  - name: ${quoted(model)}`,
    `    provider: ${family}`,
    `    model: ${quoted(model)}`,
    `    apiKey: ${quoted(secret)}`,
    // Of both kinds it wants the address with the version.
    `    apiBase: ${quoted(versionedUrlOf(setting))}`,
  ].join('\n');
  return {
    steps: [{ id: 'file', block: { kind: 'file', path: homePath(system, '.continue', 'config.yaml'), code: config } }],
    notes: ['mergeFile', 'continueUntried'],
  };
}

export function cursor(setting: Setting): Snippet {
  return { steps: [settings(setting, 'OpenAI API Key')], notes: ['cursorPublic', 'cursorChat'] };
}

const editorProviders: Readonly<Record<Family, string>> = {
  openai: 'OpenAI Compatible',
  anthropic: 'Anthropic',
  gemini: 'Google Gemini',
};

export function editor(setting: Setting): Snippet {
  return { steps: [settings(setting, editorProviders[setting.family])], notes: ['editorWhere'] };
}

function settings(setting: Setting, provider: string) {
  const { model, secret } = setting;
  const fields: readonly SettingsField[] = [
    { name: 'provider', value: provider },
    { name: 'baseUrl', value: baseUrlOf(setting) },
    { name: 'key', value: secret },
    { name: 'model', value: model },
  ];
  return { id: 'settings', block: { kind: 'fields', fields } } as const;
}
