import { fileURLToPath } from 'node:url';
import { root } from '../scripts/steps.ts';
import { startLoad } from './load-process.ts';
import { measureCalls, measureEvents } from './measure.ts';
import type { Plan } from './options.ts';
import { runOwn } from './processes.ts';
import { startLodge } from './subjects/lodge.ts';

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

/** A profile as the inspector gives it. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: CallFrame;
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

const samplingUs = 500;
const shownFunctions = 40;
const shownAreas = 25;
const idle = '(idle)';

/** Where Lodge's relaying thread spends its CPU under calls and under streams: by room and by function, as text. */
export async function profileLodge(plan: Plan, say: (line: string) => void): Promise<string> {
  const stops: (() => Promise<void>)[] = [];
  try {
    const upstream = await runOwn('rest', new URL('./stand-ins/upstream.ts', import.meta.url));
    stops.push(upstream.stop);
    const load = await startLoad();
    stops.push(load.stop);
    const lodge = await startLodge({ upstreamPort: upstream.port, nodeArgs: ['--inspect=127.0.0.1:0'] });
    stops.push(() => lodge.stop());
    const inspector = await Inspector.connect(/ws:\/\/\S+/.exec(lodge.said())?.[0] ?? '');
    stops.push(async () => inspector.close());
    const { connections, warmCalls, calls, streams, streamWindowMs: windowMs } = plan;
    say('warming up');
    await measureCalls(load, lodge, { connections, calls: warmCalls });
    say('profile of calls');
    await inspector.start();
    await measureCalls(load, lodge, { connections, calls });
    const ofCalls = await inspector.stop();
    say('profile of streams');
    await measureEvents(load, lodge, { streams, windowMs: 500 });
    await inspector.start();
    await measureEvents(load, lodge, { streams, windowMs });
    const ofStreams = await inspector.stop();
    return [
      `Sync calls (${calls}, until their records are booked)`,
      ...lines(ofCalls),
      '',
      `Streams (${streams}, ${windowMs} ms, with opening and closing)`,
      ...lines(ofStreams),
      '',
    ].join('\n');
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

function lines(profile: CpuProfile): string[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const sums = { area: new Map<string, number>(), self: new Map<string, number>(), total: new Map<string, number>() };
  const add = (to: Map<string, number>, name: string, us: number): void => {
    to.set(name, (to.get(name) ?? 0) + us);
  };
  let busyUs = 0;
  profile.samples.forEach((id, index) => {
    const frame = nodes.get(id)?.callFrame;
    if (!frame || frame.functionName === idle) return;
    const us = profile.timeDeltas[index] ?? 0;
    busyUs += us;
    add(sums.area, roomOf(areaOf(frame.url)), us);
    add(sums.self, nameOf(frame), us);
    const stack = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const each = nodes.get(at)?.callFrame;
      if (each && isOurs(each.url)) stack.add(nameOf(each));
    }
    for (const name of stack) add(sums.total, name, us);
  });
  const top = (of: ReadonlyMap<string, number>, most: number): string[] =>
    [...of]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, us]) => `${((us / busyUs) * 100).toFixed(1).padStart(6)} %  ${name}`);
  return [
    `  ${(busyUs / 1_000).toFixed(0)} ms of CPU`,
    '  self time by room',
    ...top(sums.area, shownAreas),
    '  self time by function',
    ...top(sums.self, shownFunctions),
    "  Lodge's own functions with all that they call",
    ...top(sums.total, shownFunctions),
  ];
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
  return `${functionName || '(anonymous)'}${url === '' ? '' : `  ${areaOf(url)}:${lineNumber + 1}`}`;
}

function isOurs(url: string): boolean {
  return url.startsWith('file:') && areaOf(url).startsWith('src/');
}

/** `src/gateway/handle.ts`, `undici/lib/core/request.js`, `node:http`, or what V8 calls its own work. */
function areaOf(url: string): string {
  if (url === '') return '(engine and system calls)';
  if (!url.startsWith('file:')) return url;
  const file = fileURLToPath(url);
  const inModules = file.lastIndexOf('/node_modules/');
  return inModules >= 0 ? file.slice(inModules + '/node_modules/'.length) : file.slice(root.length + 1);
}

/** `src/gateway`, `undici`, `node`. */
function roomOf(area: string): string {
  if (area.startsWith('src/')) return area.split('/').slice(0, 2).join('/');
  return area.split(/[/:]/)[0] ?? area;
}

/** The debugger's door of one process, as far as profiles need it. */
class Inspector {
  readonly #socket: WebSocket;
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static connect(url: string): Promise<Inspector> {
    const socket = new WebSocket(url);
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(new Inspector(socket)));
      socket.addEventListener('error', () => reject(new Error(`The inspector does not answer on ${url}.`)));
    });
  }

  async start(): Promise<void> {
    await this.#call('Profiler.enable');
    await this.#call('Profiler.setSamplingInterval', { interval: samplingUs });
    await this.#call('Profiler.start');
  }

  async stop(): Promise<CpuProfile> {
    return (await this.#call('Profiler.stop'))['profile'] as CpuProfile;
  }

  close(): void {
    this.#socket.close();
  }

  #call(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      const onMessage = (event: MessageEvent): void => {
        const answer = JSON.parse(String(event.data)) as { id?: number; result?: Readonly<Record<string, unknown>> };
        if (answer.id !== id) return;
        this.#socket.removeEventListener('message', onMessage);
        resolve(answer.result ?? {});
      };
      this.#socket.addEventListener('message', onMessage);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
