import { fileURLToPath } from 'node:url';
import { root } from '../scripts/steps.ts';
import { startLoad } from './load-process.ts';
import { measureCalls, measureEvents } from './measure.ts';
import type { Plan } from './options.ts';
import { runOwn } from './processes.ts';
import { startLodge } from './subjects/lodge.ts';

/** A profile as the inspector gives it. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

const samplingUs = 200;
const shownFunctions = 30;
const shownAreas = 25;
const idle = '(idle)';

/** Where Lodge spends its CPU under calls and under streams: by function and by file, as text. */
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
  const byFunction = new Map<string, number>();
  const byArea = new Map<string, number>();
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  let busyUs = 0;
  profile.samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (!frame || frame.functionName === idle) return;
    const us = profile.timeDeltas[index] ?? 0;
    const area = areaOf(frame.url);
    const where = frame.url === '' ? '' : `  ${area}:${frame.lineNumber + 1}`;
    const name = `${frame.functionName || '(anonymous)'}${where}`;
    busyUs += us;
    byFunction.set(name, (byFunction.get(name) ?? 0) + us);
    byArea.set(area, (byArea.get(area) ?? 0) + us);
  });
  const top = (sums: ReadonlyMap<string, number>, most: number): string[] =>
    [...sums]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, us]) => `${((us / busyUs) * 100).toFixed(1).padStart(6)} %  ${name}`);
  return [
    `  ${(busyUs / 1_000).toFixed(0)} ms of CPU`,
    '  self time by file',
    ...top(byArea, shownAreas),
    '  self time by function',
    ...top(byFunction, shownFunctions),
  ];
}

/** `src/gateway/handle.ts`, `undici/lib/core/request.js`, `node:http`, or what V8 calls its own work. */
function areaOf(url: string): string {
  if (url === '') return '(engine and system calls)';
  if (!url.startsWith('file:')) return url;
  const file = fileURLToPath(url);
  const inModules = file.lastIndexOf('/node_modules/');
  return inModules >= 0 ? file.slice(inModules + '/node_modules/'.length) : file.slice(root.length + 1);
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
