/** Whose protocol a vendor speaks. */
export type Family = 'openai' | 'anthropic' | 'gemini';

export const families: readonly Family[] = ['openai', 'anthropic', 'gemini'];

export const toolIds = [
  'codex',
  'claude-code',
  'gemini-cli',
  'opencode',
  'qwen-code',
  'openclaw',
  'continue',
  'cursor',
  'editor',
  'typescript',
  'python',
  'curl',
] as const;

export type ToolId = (typeof toolIds)[number];

export interface Tool {
  readonly id: ToolId;
  readonly name: string;
  /** Where it stands in the list of tools. */
  readonly kind: 'terminal' | 'editor' | 'code';
  /** Whose keys it can use through this site. */
  readonly families: readonly Family[];
  /** The release that was tried by hand, with settings of this form and the sandbox as the vendor. */
  readonly tried?: string;
}

/** Every tool that has a snippet; `docs/clients.md` says the same in prose. */
export const tools: readonly Tool[] = [
  { id: 'codex', name: 'Codex', kind: 'terminal', families: ['openai'], tried: '0.169.0' },
  { id: 'claude-code', name: 'Claude Code', kind: 'terminal', families: ['anthropic'], tried: '2.1.329' },
  { id: 'gemini-cli', name: 'Gemini CLI', kind: 'terminal', families: ['gemini'], tried: '0.61.0' },
  { id: 'opencode', name: 'opencode', kind: 'terminal', families, tried: '1.18.33' },
  { id: 'qwen-code', name: 'Qwen Code', kind: 'terminal', families, tried: '0.24.4' },
  { id: 'openclaw', name: 'OpenClaw', kind: 'terminal', families, tried: '2026.9.6' },
  // Its Gemini provider puts the key into the address, which the gateway refuses.
  { id: 'continue', name: 'Continue', kind: 'editor', families: ['openai', 'anthropic'] },
  { id: 'cursor', name: 'Cursor', kind: 'editor', families: ['openai'] },
  { id: 'editor', name: 'Cline, Zed, Qoder…', kind: 'editor', families },
  { id: 'typescript', name: 'TypeScript', kind: 'code', families },
  { id: 'python', name: 'Python', kind: 'code', families },
  { id: 'curl', name: 'curl', kind: 'code', families },
];

export function isToolId(text: string | undefined): text is ToolId {
  return toolIds.some((id) => id === text);
}

export function toolOf(id: ToolId): Tool {
  const tool = tools.find((each) => each.id === id);
  if (tool === undefined) throw new Error(`There is no tool ${id}.`);
  return tool;
}

/** A tool by the name under which its requests are kept; one that has no snippet has no other name. */
export function toolName(id: string): string {
  return tools.find((each) => each.id === id)?.name ?? id;
}

/** A tool that uses a family's keys best: what is offered first to whoever has such a key. */
export function firstTool(family: Family): ToolId {
  return ({ openai: 'codex', anthropic: 'claude-code', gemini: 'gemini-cli' } as const)[family];
}
