import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Redis of its own on a free port of loopback, keeping nothing on the disk. For tests. */
export interface TestRedis {
  readonly url: string;
  /** Starts it again on the same port, empty. */
  start(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Stops it answering while connections stay open, and lets it go on. */
  freeze(): void;
  thaw(): void;
  /** Kills it and removes its directory. */
  remove(): Promise<void>;
}

const startsWithinMs = 10_000;

export async function startTestRedis(): Promise<TestRedis> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'lodge-redis-'));
  const port = await freePort();
  let server: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    const running = server;
    server = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  };
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      server = await launch(port, dir);
    },
    kill,
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    remove: async () => {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

async function launch(port: number, dir: string): Promise<ChildProcess> {
  const options = ['--bind', '127.0.0.1', '--port', String(port), '--dir', dir, '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  let problem = '';
  server.once('error', (error: NodeJS.ErrnoException) => {
    problem =
      error.code === 'ENOENT'
        ? 'redis-server is not installed: apt-get install redis-server (or put a redis-server of Valkey in the PATH).'
        : error.message;
  });
  server.once('exit', (code) => {
    problem ||= `redis-server ended at once with code ${code}.`;
  });
  // A test run that is cut short must leave no server behind.
  const sweep = (): void => void server.kill('SIGKILL');
  process.once('exit', sweep);
  server.once('exit', () => process.removeListener('exit', sweep));
  for (let waitedMs = 0; waitedMs < startsWithinMs; waitedMs += 10) {
    if (problem) throw new Error(problem);
    if (await answers(port)) return server;
    await sleep(10);
  }
  server.kill('SIGKILL');
  throw new Error(`redis-server did not listen on port ${port} within ${startsWithinMs} ms.`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
