import { clientTool } from '../../vendors/index.ts';
import { before, firstOfEach, matches, type Place, placeOf, type Source } from './source.ts';

export interface ToolFact {
  /** As request records name it: `codex`, `claude-code`, `openai-python`, … */
  readonly tool: string;
  readonly version: string | null;
  readonly place: Place;
}

interface ToolName {
  readonly tool: string;
  /** As people and programs write it; a blank stands for a blank, a dash, an underscore or nothing. */
  readonly names: readonly string[];
  /** The name is also a word of the language: it counts only with a version, or where this stands around it. */
  readonly only?: RegExp;
  /** It says something only with a version. */
  readonly needsVersion?: boolean;
}

const tools: readonly ToolName[] = [
  {
    tool: 'codex',
    names: ['codex cli rs', 'codex exec', 'codex vscode', 'codex tui', 'codex cli', '@openai/codex', 'codex'],
  },
  { tool: 'claude-code', names: ['@anthropic ai/claude code', 'claude code', 'claude cli'] },
  { tool: 'gemini-cli', names: ['@google/gemini cli', 'geminicli tui', 'gemini cli'] },
  { tool: 'opencode', names: ['opencode ai', 'opencode'] },
  { tool: 'qwen-code', names: ['@qwen code/qwen code', 'qwen code'] },
  { tool: 'openclaw', names: ['openclaw'] },
  {
    tool: 'continue',
    names: ['continue dev', 'continue.dev', 'continue'],
    only: /\b[Cc]ontinue(?:\.dev|\s(?:extension|plugin|插件|扩展))|(?:\b[Uu]sing|\bvia|\bwith|[Tt]ool:?|VS ?Code|vscode|JetBrains|用的?是?|使用的?|工具[:是]?)\s?Continue\b/,
  },
  { tool: 'cline', names: ['cline'], only: /\bCline\b|\bcline\s(?:extension|plugin)/ },
  { tool: 'roo-code', names: ['roo code'] },
  { tool: 'aider', names: ['aider'] },
  { tool: 'cursor', names: ['cursor'], only: /\bCursor\b|\bcursor\s(?:ide|editor|app|agent)/ },
  { tool: 'windsurf', names: ['windsurf'] },
  { tool: 'zed', names: ['zed'], only: /\bZed\b/ },
  { tool: 'cherry-studio', names: ['cherry studio'] },
  { tool: 'chatbox', names: ['chatbox ai', 'chatbox'] },
  { tool: 'open-webui', names: ['open webui'] },
  { tool: 'librechat', names: ['librechat'] },
  { tool: 'dify', names: ['dify'] },
  { tool: 'n8n', names: ['n8n'] },
  {
    tool: 'openai-python',
    names: [
      'openai 的 python sdk',
      'openai python sdk',
      'openai python',
      'asyncopenai/python',
      'openai/python',
      'python openai',
      'openai==',
    ],
  },
  { tool: 'openai-js', names: ['openai node', 'openai/js', 'openai js', 'openai npm', 'openai@'] },
  { tool: 'openai', names: ['openai sdk'] },
  { tool: 'openai', names: ['openai'], needsVersion: true },
  {
    tool: 'anthropic-python',
    names: ['anthropic sdk python', 'asyncanthropic/python', 'anthropic/python', 'anthropic python', 'anthropic=='],
  },
  { tool: 'anthropic-js', names: ['@anthropic ai/sdk', 'anthropic sdk typescript', 'anthropic/js'] },
  { tool: 'anthropic', names: ['anthropic sdk'] },
  { tool: 'anthropic', names: ['anthropic'], needsVersion: true },
  { tool: 'google-genai', names: ['@google/genai', 'google genai sdk', 'google genai'] },
  {
    tool: 'ai-sdk',
    names: ['vercel ai sdk', 'ai@', '@ai sdk/openai compatible', '@ai sdk/openai', '@ai sdk/anthropic', 'ai sdk'],
  },
  { tool: 'langchain', names: ['langchain'] },
  { tool: 'llamaindex', names: ['llamaindex', 'llama index'] },
  { tool: 'litellm', names: ['litellm'] },
  { tool: 'spring-ai', names: ['spring ai'] },
  { tool: 'python-requests', names: ['python requests'] },
  { tool: 'python-httpx', names: ['python httpx', 'httpx'] },
  { tool: 'axios', names: ['axios'] },
  { tool: 'okhttp', names: ['okhttp'] },
  { tool: 'curl', names: ['curl'] },
  { tool: 'postman', names: ['postmanruntime', 'postman'] },
  { tool: 'insomnia', names: ['insomnia'] },
  { tool: 'node', names: ['node js', 'node.js', 'nodejs', 'node'], needsVersion: true },
  { tool: 'python', names: ['python'], needsVersion: true },
];

const blank = '[ _-]?';
const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', blank);
const plain = (name: string) => name.toLowerCase().replace(/[ _-]/g, '');

const byName = new Map(tools.flatMap((one) => one.names.map((name) => [plain(name), one] as const)));
/** The longer name wins where two begin alike. */
const allNames = [...byName.keys()]
  .flatMap((key) => tools.flatMap(({ names }) => names.filter((name) => plain(name) === key)))
  .sort((a, b) => b.length - a.length);

const number = String.raw`v?(\d{1,4}(?:\.\d{1,6}){1,3}(?:[-+][0-9A-Za-z.]{1,20})?)`;
const version = String.raw`(?:[ -](?:cli|app|desktop|ide|extension|plugin|sdk|客户端|插件))?(?:[ ,(:/@=-]{0,3}(?:的?版本号?(?:是|为)?[ :]?|(?:version|ver\.?|release|v\.?)[ :]?)?${number})?`;
const anyTool = new RegExp(
  `(?<![A-Za-z0-9@/_.-])(${allNames.map(escaped).join('|')})(?:(?<=[=@])${number}|(?![A-Za-z0-9])${version})`,
  'gi',
);
const userAgent = /^[ \t>|]{0,20}(?:[<>][ \t])?user-agent[ \t]?:[ \t]?([^\r\n]{3,300})/gim;
const versionBefore = /(?:version[ :]|\bv)?(\d{1,4}(?:\.\d{1,6}){1,3})[ ]?(?:\(|of )(?:the )?$/i;

/** Programs that are named, each once; with its version if it is named with one anywhere. */
export function readTools(source: Source): ToolFact[] {
  const found: ToolFact[] = [];
  for (const match of matches(userAgent, source.text, 20)) {
    const { tool, version: agentVersion } = clientTool((match[1] ?? '').trim());
    const place = placeOf(source, match.index, match.index + match[0].length);
    if (tool !== null) found.push({ tool, version: agentVersion, place });
  }
  for (const match of matches(anyTool, source.text, 2_000)) {
    const one = byName.get(plain(match[1] ?? ''));
    if (one === undefined) continue;
    const start = match.index;
    const end = start + match[0].length;
    const named = match[2] ?? match[3] ?? versionBefore.exec(before(source, start, 24))?.[1] ?? null;
    const around = source.text.slice(Math.max(0, start - 12), end + 12);
    if (named === null && (one.needsVersion || (one.only && !one.only.test(around)))) continue;
    found.push({ tool: one.tool, version: named, place: placeOf(source, start, end) });
  }
  const versioned = found.filter(({ version: known }) => known !== null);
  return firstOfEach([...versioned, ...found], ({ tool }) => tool, 15).sort((a, b) => a.place.start - b.place.start);
}
