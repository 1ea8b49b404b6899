import { cpuUs } from '../cpu.ts';
import { runOwn } from '../processes.ts';
import type { Subject } from './subject.ts';

export async function startRelay(upstreamPort: number): Promise<Subject> {
  const file = new URL('../stand-ins/relay.ts', import.meta.url);
  const running = await runOwn('measured', file, [`http://127.0.0.1:${upstreamPort}`]);
  return {
    name: 'relay',
    port: running.port,
    path: '/v1/chat/completions',
    headers: [{}],
    slow: false,
    version: process.version,
    pid: running.pid,
    cpuUs: () => cpuUs([running.pid]),
    databaseCpuUs: () => 0,
    settled: async () => {},
    stop: running.stop,
  };
}
