import { describe, expect, it } from 'vitest';
import { clientTool } from './client-tool.ts';

describe('client tool', () => {
  const cases: readonly (readonly [userAgent: string, tool: string | null, version: string | null])[] = [
    ['codex_exec/0.169.0 (Debian 12.0.0; x86_64) dumb (codex_exec; 0.169.0)', 'codex', '0.169.0'],
    ['claude-cli/2.1.329 (external, sdk-cli)', 'claude-code', '2.1.329'],
    ['claude-code/2.1.329', 'claude-code', '2.1.329'],
    ['GeminiCLI-tui/0.61.0/gemini-2.5-flash (linux; x64; terminal)', 'gemini-cli', '0.61.0'],
    ['opencode/1.18.33 ai-sdk/provider-utils/4.0.1 runtime/bun/1.3.14', 'opencode', '1.18.33'],
    ['QwenCode/0.24.4 (linux; x64)', 'qwen-code', '0.24.4'],
    ['claude-cli/0.24.4 (external, cli)', 'qwen-code', '0.24.4'],
    ['claude-cli/0.2.126 (external, cli)', 'claude-code', '0.2.126'],
    ['OpenAI/JS 7.55.0', 'openai-js', '7.55.0'],
    ['OpenAI/Python 2.1.0', 'openai-python', '2.1.0'],
    ['AsyncOpenAI/Python 2.1.0', 'openai-python', '2.1.0'],
    ['Anthropic/JS 1.11.0', 'anthropic-js', '1.11.0'],
    ['google-genai-sdk/3.1.0 gl-node/v24.21.0', 'google-genai', '3.1.0'],
    ['ai/7.0.173 ai-sdk-provider-utils/5.0.81 node.js/24', 'ai-sdk', '7.0.173'],
    ['ai-sdk-openai/4.0.118 x', 'ai-sdk-openai', '4.0.118'],
    ['curl/8.5.0', 'curl', '8.5.0'],
    ['python-requests/2.32.3', 'python-requests', '2.32.3'],
    ['undici', 'undici', null],
    ['Mozilla/5.0 (X11; Linux x86_64)', 'browser', '5.0'],
    ['MyTool', 'mytool', null],
    ['', null, null],
    ['<script>/1', null, '1'],
    ['a/<b>', 'a', null],
    [`${'x'.repeat(5_000)}/1`, null, null],
    ['\u0000\r\n', null, null],
  ];
  for (const [userAgent, tool, version] of cases) {
    it(`${userAgent.slice(0, 40)} → ${tool}`, () => expect(clientTool(userAgent)).toEqual({ tool, version }));
  }

  it('believes what Codex says of itself', () => {
    expect(clientTool('something/1.0', 'codex_vscode')).toEqual({ tool: 'codex', version: '1.0' });
    expect(clientTool('', 'codex_exec')).toEqual({ tool: 'codex', version: null });
  });

  it('stays the same however many agents are made up', () => {
    for (let i = 0; i < 2_000; i++) clientTool(`made-up/${i}`);
    expect(clientTool('curl/8.5.0')).toEqual({ tool: 'curl', version: '8.5.0' });
  });
});
