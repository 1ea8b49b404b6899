import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installSystemPackages } from '../../scripts/system-packages.ts';
import { cpuUs, descendants } from '../cpu.ts';
import { accepts, freePort, run, until } from '../processes.ts';
import type { Subject } from './subject.ts';

const places = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'];

/** nginx as a plain reverse proxy. Null when it is missing and cannot be installed; why has been said then. */
export async function startNginx(upstreamPort: number): Promise<Subject | null> {
  const find = (): string | undefined => places.find((place) => existsSync(place));
  if (!find()) {
    const reason = 'it is what the figures are held against';
    await installSystemPackages([{ name: 'nginx', proof: '/usr/sbin/nginx', reason }]);
  }
  const command = find();
  if (command === undefined) return null;
  const directory = mkdtempSync(path.join(tmpdir(), 'lodge-bench-nginx-'));
  const port = await freePort();
  const file = path.join(directory, 'nginx.conf');
  writeFileSync(file, configuration(directory, port, upstreamPort));
  const running = run({
    core: 'measured',
    command,
    args: ['-c', file, '-p', directory, '-e', 'stderr'],
    scratch: directory,
  });
  await until(running, 'nginx', () => accepts(port));
  const pids = [running.pid, ...descendants(running.pid)];
  return {
    name: 'nginx',
    port,
    path: '/v1/chat/completions',
    headers: [{}],
    slow: false,
    version: versionOf(command),
    pid: running.pid,
    cpuUs: () => cpuUs(pids),
    databaseCpuUs: () => 0,
    settled: async () => {},
    stop: running.stop,
  };
}

function versionOf(command: string): string {
  // `-v` speaks on standard error.
  const text = execFileSync('sh', ['-c', `${command} -v 2>&1`], { encoding: 'utf8' });
  return text.trim().replace(/^.*nginx\//, '');
}

function configuration(directory: string, port: number, upstreamPort: number): string {
  const root = process.getuid?.() === 0;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `  ${kind}_temp_path ${directory}/${kind};`,
  );
  return `${root ? 'user root;\n' : ''}daemon off;
worker_processes 1;
pid ${directory}/nginx.pid;
error_log stderr error;
events { worker_connections 16384; }
http {
${temporary.join('\n')}
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  tcp_nodelay on;
  client_max_body_size 64m;
  client_body_buffer_size 2m;
  upstream vendor {
    server 127.0.0.1:${upstreamPort};
    keepalive 1024;
    keepalive_requests 1000000000;
    keepalive_timeout 600s;
  }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://vendor;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
    }
  }
}
`;
}
