import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cpuUs, descendants, residentBytes } from './cpu.ts';

test('the CPU of this process is what Node says it is', () => {
  const before = { cpu: cpuUs([process.pid]), usage: process.cpuUsage() };
  let sum = 0;
  for (let i = 0; i < 5e7; i++) sum += i % 7;
  expect(sum).toBeGreaterThan(0);
  const { user, system } = process.cpuUsage(before.usage);
  const counted = cpuUs([process.pid]) - before.cpu;
  expect(counted).toBeGreaterThan((user + system) * 0.8);
  expect(counted).toBeLessThan((user + system) * 1.2 + 20_000);
});

test('memory, and children at any depth', async () => {
  expect(residentBytes(process.pid)).toBeGreaterThan(1e6);
  const child = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const grandchild = Number(text.toString());
  expect(descendants(process.pid)).toEqual(expect.arrayContaining([child.pid, grandchild]));
  process.kill(grandchild);
  child.kill();
  await once(child, 'exit');
});
