import { type LoadProcess, startLoad } from './load-process.ts';
import { measureCalls, measureEvents, measureIdleStream, targetOf } from './measure.ts';
import type { Plan } from './options.ts';
import { runOwn } from './processes.ts';
import { startLodge } from './subjects/lodge.ts';
import { startNginx } from './subjects/nginx.ts';
import { startPortkey } from './subjects/portkey.ts';
import { startRelay } from './subjects/relay.ts';
import type { Subject, SubjectName } from './subjects/subject.ts';
import { chatBody } from './traffic.ts';

/** One measured value. `direct` is the upstream without anything before it. */
export interface Sample {
  readonly what: Measured;
  readonly subject: SubjectName | 'direct';
  readonly round: number;
  readonly value: number;
}

export type Measured =
  | 'syncUs'
  | 'syncDatabaseUs'
  | 'syncMainThreadUs'
  | 'eventUs'
  | 'eventsPerChunk'
  | 'silentMs'
  | 'faultyStreams'
  | 'largeUs'
  | 'idleBytes'
  | 'p50Us'
  | 'p99Us'
  | 'busy';

export interface Comparison {
  readonly samples: readonly Sample[];
  readonly versions: Readonly<Partial<Record<SubjectName, string>>>;
}

const largePromptBytes = 1_000_000;
const largeConnections = 4;

/** Everything that runs while it is compared. */
interface Field {
  readonly load: LoadProcess;
  readonly upstreamPort: number;
  readonly subjects: readonly Subject[];
}

/** Starts all, measures in turns, and ends all again. `say` is told what is going on. */
export async function compare(plan: Plan, say: (line: string) => void): Promise<Comparison> {
  const stops: (() => Promise<void>)[] = [];
  try {
    const field = await open(stops, say);
    const samples: Sample[] = [];
    const note = (what: Measured, subject: Sample['subject'], round: number, value: number): void => {
      samples.push({ what, subject, round, value });
    };
    const startedMs = performance.now();
    say('warming up');
    for (const subject of field.subjects) await warm(field, subject, plan);
    for (let round = 1; round <= plan.rounds; round++) {
      if (round > 1 && performance.now() - startedMs > plan.roundsWithinMs) break;
      say(`round ${round} of ${plan.rounds}`);
      await oneRound(field, plan, round, note);
    }
    say('memory of idle streams');
    note('idleBytes', 'lodge', 1, await idleStream(field, plan));
    return { samples, versions: Object.fromEntries(field.subjects.map(({ name, version }) => [name, version])) };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function open(stops: (() => Promise<void>)[], say: (line: string) => void): Promise<Field> {
  say('starting the upstream, the load, Lodge, nginx, a bare relay and Portkey');
  const upstream = await runOwn('rest', new URL('./stand-ins/upstream.ts', import.meta.url));
  stops.push(upstream.stop);
  const load = await startLoad();
  stops.push(load.stop);
  const subjects: Subject[] = [];
  const add = (subject: Subject): void => {
    subjects.push(subject);
    stops.push(() => subject.stop());
  };
  add(await startLodge({ upstreamPort: upstream.port }));
  const nginx = await startNginx(upstream.port);
  if (nginx) add(nginx);
  add(await startRelay(upstream.port));
  const portkey = await startPortkey(upstream.port);
  if (portkey) add(portkey);
  return { load, upstreamPort: upstream.port, subjects };
}

async function warm({ load }: Field, subject: Subject, plan: Plan): Promise<void> {
  const calls = subject.slow ? plan.slowCalls : plan.warmCalls;
  await load.calls({ target: targetOf(subject, chatBody({})), connections: plan.connections, calls });
  const streams = subject.slow ? plan.slowStreams : plan.streams;
  if (plan.warmStreamMs > 0) await measureEvents(load, subject, { streams, windowMs: plan.warmStreamMs });
  await subject.settled();
}

/** In a fresh process: what a busy one has freed it keeps, and new streams would seem to cost nothing. */
async function idleStream({ load, upstreamPort }: Field, plan: Plan): Promise<number> {
  const lodge = await startLodge({ upstreamPort, manyChannels: true });
  try {
    await load.calls({ target: targetOf(lodge, chatBody({})), connections: plan.connections, calls: 500 });
    return await measureIdleStream(load, lodge, plan.idleStreams);
  } finally {
    await lodge.stop();
  }
}

type Note = (what: Measured, subject: Sample['subject'], round: number, value: number) => void;

/** Every subject once per kind of work, each round beginning with another, so that nobody always comes after the same. */
async function oneRound(field: Field, plan: Plan, round: number, note: Note): Promise<void> {
  const { load, subjects } = field;
  const order = subjects.map((_, index) => subjects[(index + round - 1) % subjects.length] as Subject);
  for (const subject of order) {
    const calls = subject.slow ? plan.slowCalls : plan.calls;
    const figure = await measureCalls(load, subject, { connections: plan.connections, calls });
    note('syncUs', subject.name, round, figure.cpuUs);
    note('syncMainThreadUs', subject.name, round, figure.mainThreadUs);
    note('syncDatabaseUs', subject.name, round, figure.databaseCpuUs);
  }
  for (const subject of order) {
    const streams = subject.slow ? plan.slowStreams : plan.streams;
    const figure = await measureEvents(load, subject, { streams, windowMs: plan.streamWindowMs });
    note('eventUs', subject.name, round, figure.cpuUs);
    note('eventsPerChunk', subject.name, round, figure.perChunk);
    note('silentMs', subject.name, round, figure.silentMs);
    note('faultyStreams', subject.name, round, figure.incomplete + figure.disorder);
  }
  for (const subject of order) {
    if (subject.slow) continue;
    const large = { connections: largeConnections, calls: plan.largeCalls, promptBytes: largePromptBytes };
    note('largeUs', subject.name, round, (await measureCalls(load, subject, large)).cpuUs);
  }
  await latency(field, plan, round, note);
}

/** One call at a time, which keeps Lodge's core about half busy, beside the same calls without anything between. */
async function latency({ load, upstreamPort, subjects }: Field, plan: Plan, round: number, note: Note): Promise<void> {
  const path = '/v1/chat/completions';
  const target = targetOf({ port: upstreamPort, path, headers: [{}] }, chatBody({}));
  const direct = await load.calls({ target, connections: 1, calls: plan.latencyCalls });
  note('p50Us', 'direct', round, direct.p50Us);
  note('p99Us', 'direct', round, direct.p99Us);
  for (const subject of subjects) {
    if (subject.slow) continue;
    const figure = await measureCalls(load, subject, { connections: 1, calls: plan.latencyCalls });
    note('p50Us', subject.name, round, figure.p50Us);
    note('p99Us', subject.name, round, figure.p99Us);
    note('busy', subject.name, round, figure.busy);
  }
}
