import { curl, python, typescript } from './snippets/code.ts';
import { continueDev, cursor, editor } from './snippets/editors.ts';
import type { Setting, Snippet } from './snippets/snippet.ts';
import { claudeCode, codex, geminiCli, openclaw, opencode, qwenCode } from './snippets/terminal.ts';
import { type ToolId, toolOf } from './tools.ts';

const makers: Readonly<Record<ToolId, (setting: Setting) => Snippet>> = {
  codex,
  'claude-code': claudeCode,
  'gemini-cli': geminiCli,
  opencode,
  'qwen-code': qwenCode,
  openclaw,
  continue: continueDev,
  cursor,
  editor,
  typescript,
  python,
  curl,
};

/** What to paste where, for one tool; null where the tool cannot use a key of this family. Pure. */
export function snippetOf(tool: ToolId, setting: Setting): Snippet | null {
  return toolOf(tool).families.includes(setting.family) ? makers[tool](setting) : null;
}
