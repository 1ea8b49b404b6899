import { silentLog } from '../../base/log.ts';
import { type CallCount, type Sandbox, startSandbox } from './index.ts';

/** A sandbox on a free port with its counts in memory, and short ways to call it. For tests. */
export interface TestSandbox extends Sandbox {
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** The line of a call in the count, as soon as it stands there. */
  counted(requestId: string): Promise<CallCount>;
}

export async function startTestSandbox(countsFile: string | null = null): Promise<TestSandbox> {
  const sandbox = await startSandbox({ port: 0, countsFile, log: silentLog });
  const post: TestSandbox['post'] = (path, body, headers = {}) =>
    fetch(`${sandbox.origin}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer test', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { ...sandbox, post, counted: (requestId) => counted(sandbox.origin, requestId) };
}

async function counted(origin: string, requestId: string): Promise<CallCount> {
  for (let tries = 0; tries < 200; tries++) {
    const lines = (await (await fetch(`${origin}/sandbox/counts`)).text()).split('\n');
    const line = lines.find((one) => one.includes(requestId));
    if (line !== undefined) return JSON.parse(line) as CallCount;
  }
  throw new Error(`the sandbox has not counted ${requestId}`);
}

export interface SseBlock {
  readonly event: string | null;
  readonly data: string;
}

/** The events of an SSE text that is whole. */
export function sseBlocks(text: string): SseBlock[] {
  return text
    .split(/\r?\n\r?\n/)
    .filter((block) => block.includes('data: '))
    .map((block) => {
      const lines = block.split(/\r?\n/);
      const event = lines.find((line) => line.startsWith('event: '))?.slice(7) ?? null;
      return { event, data: lines.find((line) => line.startsWith('data: '))?.slice(6) ?? '' };
    });
}
