import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const command = path.join(import.meta.dirname, '../../bin/lodge.mjs');

interface Step {
  readonly step: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

test('lodge demo desk tells the whole story on a site of its own, in less than a minute', async () => {
  const startedMs = performance.now();
  const { stdout } = await run(process.execPath, [command, 'demo', 'desk', '--json'], { timeout: 60_000 });
  expect(performance.now() - startedMs).toBeLessThan(60_000);
  const { steps } = JSON.parse(stdout) as { steps: readonly Step[] };
  const [refused, ticket, beside, answer, stranger, key, note] = steps.map(({ facts }) => facts);
  const id = String(refused?.['request_id']);
  expect(refused).toMatchObject({ status: 429, request_id: expect.stringMatching(/^req_\w{28}$/) });
  expect(ticket).toMatchObject({ ticket: expect.stringMatching(/^T-\d+$/), queue: 'bug' });
  expect(Number(ticket?.['after_seconds'])).toBeLessThan(5);
  expect(beside).toMatchObject({ limit: '1 of 1 requests', mode: 'sync', charge: '0', attempts: 0 });
  expect(answer?.['text']).toContain(`Request ${id}`);
  expect(answer?.['text']).toContain('The key had used up its requests of the minute.');
  expect(stranger?.['text']).not.toContain('req_');
  expect(stranger?.['text']).not.toMatch(/rate_limited|requests of the minute/);
  expect(key).toMatchObject({ state: 'disabled' });
  expect(note).toMatchObject({ in_clear: 'no key', text: expect.stringContaining('put out of use at once') });
});
