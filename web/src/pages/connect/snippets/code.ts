import {
  baseUrlOf,
  environment,
  keepNote,
  keyVariables,
  quoted,
  type Setting,
  type Snippet,
  type Step,
  singleQuoted,
} from './snippet.ts';

/** Programs of one's own. They take the key from the environment, so that it is in no source file. */

export function typescript(setting: Setting): Snippet {
  const { family } = setting;
  const packageName = { openai: 'openai', anthropic: '@anthropic-ai/sdk', gemini: '@google/genai' }[family];
  const program = { openai: openaiTypescript, anthropic: anthropicTypescript, gemini: geminiTypescript }[family];
  return code(setting, `npm install ${packageName}`, 'hello.mjs', program(setting), 'node hello.mjs');
}

function openaiTypescript(setting: Setting): string {
  return `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: ${singleQuoted(baseUrlOf(setting))}, apiKey: process.env.OPENAI_API_KEY });
const answer = await client.chat.completions.create({
  model: ${singleQuoted(setting.model)},
  messages: [{ role: 'user', content: 'Hello' }],
});
console.log(answer.choices[0]?.message.content, answer._request_id);`;
}

function anthropicTypescript(setting: Setting): string {
  return `import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({ baseURL: ${singleQuoted(baseUrlOf(setting))}, apiKey: process.env.ANTHROPIC_API_KEY });
const message = await client.messages.create({
  model: ${singleQuoted(setting.model)},
  max_tokens: 1024,
  messages: [{ role: 'user', content: 'Hello' }],
});
console.log(message.content, message._request_id);`;
}

function geminiTypescript(setting: Setting): string {
  return `import { GoogleGenAI } from '@google/genai';

const client = new GoogleGenAI({
  apiKey: process.env.GEMINI_API_KEY,
  httpOptions: { baseUrl: ${singleQuoted(baseUrlOf(setting))} },
});
const reply = await client.models.generateContent({ model: ${singleQuoted(setting.model)}, contents: 'Hello' });
console.log(reply.text, reply.sdkHttpResponse?.headers?.['x-request-id']);`;
}

export function python(setting: Setting): Snippet {
  const { family } = setting;
  const packageName = { openai: 'openai', anthropic: 'anthropic', gemini: 'google-genai' }[family];
  const program = { openai: openaiPython, anthropic: anthropicPython, gemini: geminiPython }[family];
  const interpreter = setting.system === 'windows' ? 'python' : 'python3';
  const install = `${interpreter} -m pip install ${packageName}`;
  return code(setting, install, 'hello.py', program(setting), `${interpreter} hello.py`);
}

function openaiPython(setting: Setting): string {
  return `import os
from openai import OpenAI

client = OpenAI(base_url=${quoted(baseUrlOf(setting))}, api_key=os.environ["OPENAI_API_KEY"])
answer = client.chat.completions.create(
    model=${quoted(setting.model)},
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content, answer._request_id)`;
}

function anthropicPython(setting: Setting): string {
  return `import os
from anthropic import Anthropic

client = Anthropic(base_url=${quoted(baseUrlOf(setting))}, api_key=os.environ["ANTHROPIC_API_KEY"])
message = client.messages.create(
    model=${quoted(setting.model)},
    max_tokens=1024,
    messages=[{"role": "user", "content": "Hello"}],
)
print(message.content, message._request_id)`;
}

function geminiPython(setting: Setting): string {
  return `import os
from google import genai
from google.genai import types

client = genai.Client(
    api_key=os.environ["GEMINI_API_KEY"],
    http_options=types.HttpOptions(base_url=${quoted(baseUrlOf(setting))}),
)
reply = client.models.generate_content(model=${quoted(setting.model)}, contents="Hello")
print(reply.text)`;
}

export function curl(setting: Setting): Snippet {
  const { family, system, secret } = setting;
  const call = { openai: openaiCall, anthropic: anthropicCall, gemini: geminiCall }[family](setting);
  const command = system === 'windows' ? powerShellCommand(call) : curlCommand(call);
  return {
    steps: [
      variables(setting, { [keyVariables[family]]: secret }),
      { id: 'run', block: { kind: 'terminal', code: command } },
    ],
    notes: ['neverInAddress'],
  };
}

interface Call {
  readonly url: string;
  /** `{key}` stands for the variable that holds it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly variable: string;
  readonly body: object;
}

const hello = [{ role: 'user', content: 'Hello' }];

function openaiCall({ baseUrl, model }: Setting): Call {
  return {
    url: `${baseUrl}/v1/chat/completions`,
    headers: { Authorization: 'Bearer {key}' },
    variable: keyVariables.openai,
    body: { model, messages: hello },
  };
}

function anthropicCall({ baseUrl, model }: Setting): Call {
  return {
    url: `${baseUrl}/v1/messages`,
    headers: { 'x-api-key': '{key}', 'anthropic-version': '2023-06-01' },
    variable: keyVariables.anthropic,
    body: { model, max_tokens: 1024, messages: hello },
  };
}

function geminiCall({ baseUrl, model }: Setting): Call {
  return {
    url: `${baseUrl}/v1beta/models/${encodeURIComponent(model)}:generateContent`,
    headers: { 'x-goog-api-key': '{key}' },
    variable: keyVariables.gemini,
    body: { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] },
  };
}

function curlCommand({ url, headers, variable, body }: Call): string {
  const shown = { ...headers, 'Content-Type': 'application/json' };
  return [
    `curl -i ${url}`,
    ...Object.entries(shown).map(([name, value]) => `  -H "${name}: ${value.replace('{key}', `$${variable}`)}"`),
    `  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`,
  ].join(' \\\n');
}

/** Its `curl` is another program, and the real one loses the quotation marks of a body on the way. */
function powerShellCommand({ url, headers, variable, body }: Call): string {
  const given = Object.entries(headers).map(
    ([name, value]) => `'${name}' = "${value.replace('{key}', `$env:${variable}`)}"`,
  );
  return [
    `$body = '${JSON.stringify(body).replaceAll("'", "''")}'`,
    `$headers = @{ ${given.join('; ')} }`,
    `Invoke-RestMethod -Method Post -Uri '${url}' -Headers $headers -ContentType 'application/json' -Body $body`,
  ].join('\n');
}

function code(setting: Setting, install: string, path: string, program: string, run: string): Snippet {
  const { family, system, secret } = setting;
  return {
    steps: [
      { id: 'install', block: { kind: 'terminal', code: install } },
      { id: 'program', block: { kind: 'program', path, code: program } },
      variables(setting, { [keyVariables[family]]: secret }),
      { id: 'run', block: { kind: 'terminal', code: run } },
    ],
    notes: [keepNote(system)],
  };
}

function variables({ system }: Setting, values: Readonly<Record<string, string>>): Step {
  return { id: 'key', block: { kind: 'terminal', code: environment(system, values) } };
}
