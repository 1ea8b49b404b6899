/** Which program made a call, as far as its headers say: a hint for support, never proof. */
export interface ClientTool {
  /** Stable name: `codex`, `claude-code`, `openai-js`, … Null when there is no telling. */
  readonly tool: string | null;
  readonly version: string | null;
}

/**
 * First product token of the user agent → tool. Names as in `docs/tools`; an SDK is named only where no tool names
 * itself first.
 */
const products: ReadonlyMap<string, string> = new Map([
  ['codex_exec', 'codex'],
  ['codex_cli_rs', 'codex'],
  ['codex_vscode', 'codex'],
  ['codex-tui', 'codex'],
  ['codex', 'codex'],
  ['claude-cli', 'claude-code'],
  ['claude-code', 'claude-code'],
  ['geminicli', 'gemini-cli'],
  ['geminicli-tui', 'gemini-cli'],
  ['opencode', 'opencode'],
  ['qwencode', 'qwen-code'],
  ['openclaw', 'openclaw'],
  ['continue', 'continue'],
  ['cline', 'cline'],
  ['roo-code', 'roo-code'],
  ['aider', 'aider'],
  ['cursor', 'cursor'],
  ['zed', 'zed'],
  ['google-genai-sdk', 'google-genai'],
  ['ai', 'ai-sdk'],
  ['litellm', 'litellm'],
  ['python-requests', 'python-requests'],
  ['python-httpx', 'python-httpx'],
  ['aiohttp', 'python-aiohttp'],
  ['curl', 'curl'],
  ['wget', 'wget'],
  ['postmanruntime', 'postman'],
  ['insomnia', 'insomnia'],
  ['go-http-client', 'go'],
  ['okhttp', 'okhttp'],
  ['java-http-client', 'java'],
  ['node', 'node'],
  ['undici', 'undici'],
  ['bun', 'bun'],
  ['deno', 'deno'],
  ['mozilla', 'browser'],
  ['lodge', 'lodge'],
]);

/** `OpenAI/JS 7.55.0`, `Anthropic/Python 1.2.3`, `AsyncOpenAI/Python …`: the language, then the version. */
const sdks: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['asyncopenai', 'openai'],
  ['azureopenai', 'openai'],
  ['anthropic', 'anthropic'],
  ['asyncanthropic', 'anthropic'],
]);

const unknown: ClientTool = { tool: null, version: null };
const longestName = 32;
const longestVersion = 32;

/** Headers repeat from call to call, so the answer is remembered. Bounded: a flood of made-up agents empties it. */
const seen = new Map<string, ClientTool>();
const seenLimit = 512;

/** `originator` is the header by which Codex's front ends name themselves; empty when absent. */
export function clientTool(userAgent: string, originator = ''): ClientTool {
  if (userAgent === '' && originator === '') return unknown;
  if (userAgent.length > 512) return read(userAgent.slice(0, 512), originator);
  const key = `${originator.length > 64 ? '' : originator}\n${userAgent}`;
  const known = seen.get(key);
  if (known !== undefined) return known;
  const tool = read(userAgent, originator);
  if (seen.size >= seenLimit) seen.clear();
  seen.set(key, tool);
  return tool;
}

function read(userAgent: string, originator: string): ClientTool {
  const end = userAgent.search(/[\s(]/);
  const first = end < 0 ? userAgent : userAgent.slice(0, end);
  const [product = '', second = ''] = first.split('/', 3);
  const name = product.toLowerCase();
  if (originator.toLowerCase().startsWith('codex')) return { tool: 'codex', version: safe(second, longestVersion) };
  const sdk = sdks.get(name);
  if (sdk !== undefined) {
    const rest = end < 0 ? '' : userAgent.slice(end).trim();
    const language = safe(second.toLowerCase(), 12);
    return {
      tool: language === null ? sdk : `${sdk}-${language}`,
      version: safe(rest.split(/\s/, 1)[0] ?? '', longestVersion),
    };
  }
  // Qwen Code calls itself claude-cli on Anthropic's wire, with its own version; Claude Code's own 0.x ended at 0.2.
  const tool = name === 'claude-cli' && /^0\.(?!2\.)/.test(second) ? 'qwen-code' : products.get(name);
  return { tool: tool ?? safe(name, longestName), version: safe(second, longestVersion) };
}

/** Only characters that are harmless in a log, a table and a page; anything else makes it unknown. */
function safe(text: string, longest: number): string | null {
  return text.length <= longest && /^[\w.+-]+$/.test(text) ? text : null;
}
