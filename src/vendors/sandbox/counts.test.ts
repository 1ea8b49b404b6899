import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../base/log.ts';
import { readCounts, startSandbox } from './index.ts';
import { startTestSandbox } from './testing.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lodge-sandbox-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const canary = 'canary-4711';
const body = { model: 'gpt-4o', messages: [{ role: 'user', content: `${canary} [sandbox:echo]` }] };

describe('the count', () => {
  test('stands in its file before the answer can be read, survives a restart, and holds no text', async () => {
    const file = join(directory, 'deep', 'counts.jsonl');
    const ids: string[] = [];
    for (let start = 0; start < 2; start++) {
      const sandbox = await startTestSandbox(file);
      for (let i = 0; i < 3; i++) {
        const response = await sandbox.post('/openai/v1/chat/completions', body);
        expect(await response.text()).toContain(canary);
        const id = response.headers.get('x-request-id') ?? '';
        ids.push(id);
        expect(readFileSync(file, 'utf8')).toContain(id);
      }
      expect(sandbox.counts()).toMatchObject({ calls: 3, finished: 3, inFlight: 0, refused: 0 });
      expect(sandbox.counts().produced).toEqual(sandbox.counts().reported);
      await sandbox.close();
    }
    const read: string[] = [];
    for await (const call of readCounts(file)) read.push(call.requestId);
    expect(read).toEqual(ids);
    expect(readFileSync(file, 'utf8')).not.toContain(canary);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is told from a time on', async () => {
    for (const file of [null, join(directory, 'counts.jsonl')]) {
      const sandbox = await startTestSandbox(file);
      await (await sandbox.post('/openai/v1/chat/completions', body)).text();
      const all = await (await fetch(`${sandbox.origin}/sandbox/counts`)).text();
      const later = await (await fetch(`${sandbox.origin}/sandbox/counts?since=${Date.now() + 60_000}`)).text();
      expect([all.trim().split('\n').length, later]).toEqual([1, '']);
      expect(await (await fetch(`${sandbox.origin}/sandbox/totals`)).json()).toMatchObject({ calls: 1 });
      await sandbox.close();
    }
  });

  test('a call that is running when the sandbox closes is counted', async () => {
    const file = join(directory, 'counts.jsonl');
    const sandbox = await startTestSandbox(file);
    const slow = { ...body, stream: true };
    const fault = { 'x-sandbox-fault': 'hang-after=1' };
    const response = await sandbox.post('/openai/v1/chat/completions', slow, fault);
    await sandbox.close();
    await response.text().catch(() => 'broken');
    expect(readFileSync(file, 'utf8')).toContain(response.headers.get('x-request-id') ?? 'none');
  });
});

test('a taken port is told with a code and what to do', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', () => resolve()));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(startSandbox({ port, countsFile: null, log: silentLog })).rejects.toMatchObject({
    code: 'sandbox_port_taken',
    message: expect.stringContaining('Choose another one'),
  });
  await new Promise<void>((resolve) => taken.close(() => resolve()));
});
