import { describe, expect, test } from 'vitest';
import { providerName, type Setting, type System } from './snippets/snippet.ts';
import { snippetOf } from './snippets.ts';
import { type Family, families, firstTool, type ToolId, toolOf, tools } from './tools.ts';

const baseUrl = 'https://api.lodge.example';
const secret = 'sk-lodge-Ab3dEf9h0123456789abcdefghijklmnopqrstuvwxyzAB';
const models: Readonly<Record<Family, string>> = {
  openai: 'gpt-5.5',
  anthropic: 'claude-sonnet-5',
  gemini: 'gemini-3.5-flash',
};

function settingOf(family: Family, system: System = 'linux', differs: Partial<Setting> = {}): Setting {
  const names = { provider: 'lodge', siteName: 'Lodge' };
  return { family, system, baseUrl, secret, model: models[family], ...names, ...differs };
}

/** All that a snippet has to paste, in one text. */
function textOf(tool: ToolId, setting: Setting): string {
  const blocks = snippetOf(tool, setting)?.steps.map(({ block }) => block) ?? [];
  return blocks
    .map((block) => (block.kind === 'fields' ? block.fields.map(({ value }) => value).join('\n') : block.code))
    .join('\n');
}

/** The address in the form in which each tool needs it, and the variable that carries the key; null: none does. */
const expected: readonly (readonly [tool: ToolId, family: Family, address: string, variable: string | null])[] = [
  ['codex', 'openai', `base_url = "${baseUrl}/v1"`, 'OPENAI_API_KEY'],
  ['claude-code', 'anthropic', `ANTHROPIC_BASE_URL=${baseUrl}\n`, 'ANTHROPIC_AUTH_TOKEN'],
  ['gemini-cli', 'gemini', `GOOGLE_GEMINI_BASE_URL=${baseUrl}\n`, 'GEMINI_API_KEY'],
  ['opencode', 'openai', `"baseURL": "${baseUrl}/v1"`, 'OPENAI_API_KEY'],
  ['opencode', 'anthropic', `"baseURL": "${baseUrl}/v1"`, 'ANTHROPIC_API_KEY'],
  ['opencode', 'gemini', `"baseURL": "${baseUrl}/v1beta"`, 'GEMINI_API_KEY'],
  ['qwen-code', 'openai', `OPENAI_BASE_URL=${baseUrl}/v1\n`, 'OPENAI_API_KEY'],
  ['qwen-code', 'anthropic', `ANTHROPIC_BASE_URL=${baseUrl}\n`, 'ANTHROPIC_API_KEY'],
  ['qwen-code', 'gemini', `GOOGLE_GEMINI_BASE_URL=${baseUrl}\n`, 'GEMINI_API_KEY'],
  ['openclaw', 'openai', `"baseUrl": "${baseUrl}/v1"`, null],
  ['openclaw', 'anthropic', `"baseUrl": "${baseUrl}"`, null],
  ['openclaw', 'gemini', `"baseUrl": "${baseUrl}/v1beta"`, null],
  ['continue', 'openai', `apiBase: "${baseUrl}/v1"`, null],
  ['continue', 'anthropic', `apiBase: "${baseUrl}/v1"`, null],
  ['cursor', 'openai', `${baseUrl}/v1\n`, null],
  ['editor', 'openai', `${baseUrl}/v1\n`, null],
  ['editor', 'anthropic', `${baseUrl}\n`, null],
  ['editor', 'gemini', `${baseUrl}\n`, null],
  ['typescript', 'openai', `baseURL: '${baseUrl}/v1'`, 'OPENAI_API_KEY'],
  ['typescript', 'anthropic', `baseURL: '${baseUrl}'`, 'ANTHROPIC_API_KEY'],
  ['typescript', 'gemini', `baseUrl: '${baseUrl}'`, 'GEMINI_API_KEY'],
  ['python', 'openai', `base_url="${baseUrl}/v1"`, 'OPENAI_API_KEY'],
  ['python', 'anthropic', `base_url="${baseUrl}"`, 'ANTHROPIC_API_KEY'],
  ['python', 'gemini', `base_url="${baseUrl}"`, 'GEMINI_API_KEY'],
  ['curl', 'openai', `${baseUrl}/v1/chat/completions `, 'OPENAI_API_KEY'],
  ['curl', 'anthropic', `${baseUrl}/v1/messages `, 'ANTHROPIC_API_KEY'],
  ['curl', 'gemini', `${baseUrl}/v1beta/models/gemini-3.5-flash:generateContent `, 'GEMINI_API_KEY'],
];

test('every tool is expected with every family that it can use, and no other', () => {
  const pairs = tools.flatMap(({ id, families: own }) => own.map((family) => `${id} ${family}`));
  expect(expected.map(([tool, family]) => `${tool} ${family}`)).toEqual(pairs);
});

test.each(expected)('%s with a key of %s', (tool, family, address, variable) => {
  const text = textOf(tool, settingOf(family));
  expect(text).toContain(address);
  expect(text).toContain(models[family]);
  if (variable === null) expect(text).toContain(secret);
  else expect(text).toContain(`export ${variable}=${secret}`);
  // Once: a secret that stands in several places is forgotten in one of them.
  expect(text.split(secret)).toHaveLength(2);
});

test.each(expected)('%s with a key of %s on Windows', (tool, family, _address, variable) => {
  const text = textOf(tool, settingOf(family, 'windows'));
  expect(text).not.toMatch(/^export /m);
  expect(text).not.toMatch(/~\//);
  if (variable !== null) expect(text).toContain(`$env:${variable} = '${secret}'`);
});

test.each(tools)('$id gives nothing for a key that it cannot use', ({ id, families: own }) => {
  for (const family of families) expect(snippetOf(id, settingOf(family)) !== null).toBe(own.includes(family));
});

test('the first tool of a family can use its keys', () => {
  for (const family of families) expect(toolOf(firstTool(family)).families).toContain(family);
});

describe('files', () => {
  const files = (system: System) =>
    expected.flatMap(([tool, family]) =>
      (snippetOf(tool, settingOf(family, system))?.steps ?? []).flatMap(({ block }) =>
        block.kind === 'file' ? [{ tool, path: block.path, code: block.code }] : [],
      ),
    );

  test('lie where the tool looks for them', () => {
    const paths = (system: System) => [...new Set(files(system).map(({ path }) => path))];
    expect(paths('macos')).toEqual(paths('linux'));
    expect(paths('linux')).toEqual([
      '~/.codex/config.toml',
      '~/.gemini/settings.json',
      '~/.config/opencode/opencode.json',
      '~/.openclaw/openclaw.json',
      '~/.continue/config.yaml',
    ]);
    expect(paths('windows')).toContain('%USERPROFILE%\\.codex\\config.toml');
  });

  test('in JSON can be read', () => {
    for (const { path, code } of files('linux').filter(({ path }) => path.endsWith('.json')))
      expect(() => JSON.parse(code), path).not.toThrow();
  });
});

test('names with quotation marks break nothing', () => {
  const odd = { siteName: `Ada's "best"`, model: `it's "new"`, provider: 'ada' };
  expect(textOf('codex', settingOf('openai', 'linux', odd))).toContain('name = "Ada\'s \\"best\\""');
  expect(textOf('claude-code', settingOf('anthropic', 'linux', odd))).toContain(`--model 'it'\\''s "new"'`);
  expect(textOf('claude-code', settingOf('anthropic', 'windows', odd))).toContain(`--model 'it''s "new"'`);
  expect(textOf('typescript', settingOf('openai', 'linux', odd))).toContain(`model: 'it\\'s "new"'`);
  expect(textOf('curl', settingOf('openai', 'linux', odd))).toContain(`"model":"it'\\''s \\"new\\""`);
});

test('the Gemini CLI is warned about plain HTTP, except on this machine', () => {
  const notes = (url: string) => snippetOf('gemini-cli', settingOf('gemini', 'linux', { baseUrl: url }))?.notes;
  expect(notes('http://lodge.lan:8080')).toContain('geminiHttps');
  expect(notes('http://127.0.0.1:8080')).not.toContain('geminiHttps');
  expect(notes('https://lodge.lan')).not.toContain('geminiHttps');
});

test.each([
  ['Lodge', 'lodge'],
  ['Ada & Söhne AI', 'ada-s-hne-ai'],
  ['智能网关', 'gateway'],
  ['OpenAI', 'gateway'],
])('the provider of %s is %s', (name, provider) => {
  expect(providerName(name)).toBe(provider);
});
