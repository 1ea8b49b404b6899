import {
  argument,
  baseUrlOf,
  environment,
  homePath,
  isLocal,
  json,
  keepNote,
  keyVariables,
  quoted,
  type Setting,
  type Snippet,
  type Step,
  versionedUrlOf,
} from './snippet.ts';

/** Agents that run in a terminal. */

export function codex(setting: Setting): Snippet {
  const { system, provider, siteName, model, secret } = setting;
  const config = [
    `model = ${quoted(model)}`,
    `model_provider = ${quoted(provider)}`,
    '',
    `[model_providers.${provider}]`,
    `name = ${quoted(siteName)}`,
    `base_url = ${quoted(baseUrlOf(setting))}`,
    `env_key = "OPENAI_API_KEY"`,
    `wire_api = "responses"`,
  ].join('\n');
  return {
    steps: [
      install('@openai/codex'),
      { id: 'file', block: { kind: 'file', path: homePath(system, '.codex', 'config.toml'), code: config } },
      setVariables(setting, { OPENAI_API_KEY: secret }),
      run('codex'),
    ],
    notes: ['mergeFile', keepNote(system), 'codexBuiltIn'],
  };
}

export function claudeCode(setting: Setting): Snippet {
  const { system, model, secret } = setting;
  return {
    steps: [
      install('@anthropic-ai/claude-code'),
      setVariables(setting, { ANTHROPIC_BASE_URL: baseUrlOf(setting), ANTHROPIC_AUTH_TOKEN: secret }),
      run(`claude --model ${argument(system, model)}`),
    ],
    notes: [keepNote(system), 'claudeUnset', 'claudeModel'],
  };
}

export function geminiCli(setting: Setting): Snippet {
  const { system, model, secret, baseUrl } = setting;
  const settings = json({ security: { auth: { selectedType: 'gemini-api-key' } } });
  return {
    steps: [
      install('@google/gemini-cli'),
      { id: 'auth', block: { kind: 'file', path: homePath(system, '.gemini', 'settings.json'), code: settings } },
      setVariables(setting, { GOOGLE_GEMINI_BASE_URL: baseUrlOf(setting), GEMINI_API_KEY: secret }),
      run(`gemini -m ${argument(system, model)}`),
    ],
    notes: [
      ...(baseUrl.startsWith('http:') && !isLocal(baseUrl) ? (['geminiHttps'] as const) : []),
      'mergeFile',
      keepNote(system),
      'geminiModels',
      'geminiTrust',
    ],
  };
}

const aiSdkPackages = { openai: '@ai-sdk/openai', anthropic: '@ai-sdk/anthropic', gemini: '@ai-sdk/google' } as const;

export function opencode(setting: Setting): Snippet {
  const { family, system, provider, siteName, model, secret } = setting;
  const variable = keyVariables[family];
  const name = `${provider}-${family}`;
  const config = json({
    $schema: 'https://opencode.ai/config.json',
    provider: {
      [name]: {
        npm: aiSdkPackages[family],
        name: siteName,
        options: { baseURL: versionedUrlOf(setting), apiKey: `{env:${variable}}` },
        models: { [model]: {} },
      },
    },
  });
  return {
    steps: [
      install('opencode-ai'),
      {
        id: 'file',
        block: { kind: 'file', path: homePath(system, '.config', 'opencode', 'opencode.json'), code: config },
      },
      setVariables(setting, { [variable]: secret }),
      run(`opencode -m ${argument(system, `${name}/${model}`)}`),
    ],
    notes: ['mergeFile', keepNote(system), 'opencodeTitle'],
  };
}

const qwenVariables = {
  openai: 'OPENAI_BASE_URL',
  anthropic: 'ANTHROPIC_BASE_URL',
  gemini: 'GOOGLE_GEMINI_BASE_URL',
} as const;

export function qwenCode(setting: Setting): Snippet {
  const { family, system, model, secret } = setting;
  return {
    steps: [
      install('@qwen-code/qwen-code'),
      setVariables(setting, { [qwenVariables[family]]: baseUrlOf(setting), [keyVariables[family]]: secret }),
      run(`qwen --auth-type ${family} -m ${argument(system, model)}`),
    ],
    notes: [keepNote(system)],
  };
}

const openclawApis = {
  openai: 'openai-responses',
  anthropic: 'anthropic-messages',
  gemini: 'google-generative-ai',
} as const;

export function openclaw(setting: Setting): Snippet {
  const { family, system, provider, model, secret } = setting;
  const name = `${provider}-${family}`;
  const config = json({
    models: {
      providers: {
        [name]: {
          baseUrl: family === 'gemini' ? versionedUrlOf(setting) : baseUrlOf(setting),
          apiKey: secret,
          api: openclawApis[family],
          headers: { 'User-Agent': 'openclaw' },
          models: [{ id: model, name: model }],
        },
      },
    },
  });
  const path = homePath(system, '.openclaw', 'openclaw.json');
  // PowerShell knows its home by another name than its files' paths do.
  const given = system === 'windows' ? '$HOME\\.openclaw\\openclaw.json' : path;
  return {
    steps: [
      install('openclaw'),
      { id: 'file', block: { kind: 'file', path, code: config } },
      run(`openclaw agent exec --config ${given} --model ${argument(system, `${name}/${model}`)} "Hello"`),
    ],
    notes: ['mergeFile', 'openclawWait', 'openclawTool'],
  };
}

function install(packageName: string): Step {
  return { id: 'install', block: { kind: 'terminal', code: `npm install -g ${packageName}` } };
}

function setVariables({ system }: Setting, variables: Readonly<Record<string, string>>): Step {
  const id = Object.keys(variables).length === 1 ? 'key' : 'environment';
  return { id, block: { kind: 'terminal', code: environment(system, variables) } };
}

function run(code: string): Step {
  return { id: 'run', block: { kind: 'terminal', code } };
}
