import { setTimeout as delay } from 'node:timers/promises';
import { residentBytes, threadCpuUs } from './cpu.ts';
import type { Target } from './load/connection.ts';
import type { LoadProcess } from './load-process.ts';
import type { LodgeSubject } from './subjects/lodge.ts';
import type { Subject } from './subjects/subject.ts';
import { chatBody, eventEveryMs, requestText, silentTokens } from './traffic.ts';

/** One measurement each. Figures are CPU of the subject's own process, per unit of work, in microseconds. */

export interface CallsFigure {
  /** With everything that follows from the calls, until their records stand in the database. */
  readonly cpuUs: number;
  /** Of `cpuUs`, what its main thread used: all but booking and V8's own helpers. */
  readonly mainThreadUs: number;
  readonly databaseCpuUs: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Share of the time in which the subject was at work while the calls ran. */
  readonly busy: number;
}

export interface EventsFigure {
  readonly cpuUs: number;
  readonly busy: number;
  /** Events per chunk: 1 when each was relayed on its own. */
  readonly perChunk: number;
  readonly silentMs: number;
  readonly disorder: number;
  /** Streams that did not end as they should. */
  readonly incomplete: number;
}

/** Streams have been opened and their opening has been booked. */
const steadyAfterMs = 400;
/** How much longer streams run than they are watched. */
const streamMarginMs = 800;
const collectMs = 700;

export function targetOf(subject: Pick<Subject, 'port' | 'path' | 'headers'>, body: string): Target {
  const requests = subject.headers.map((headers) => requestText(subject.path, headers, body));
  return { host: '127.0.0.1', port: subject.port, requests };
}

export async function measureCalls(
  load: LoadProcess,
  subject: Subject,
  order: { readonly connections: number; readonly calls: number; readonly promptBytes?: number },
): Promise<CallsFigure> {
  const { connections, calls, promptBytes } = order;
  const target = targetOf(subject, chatBody(promptBytes === undefined ? {} : { promptBytes }));
  const before = { own: subject.cpuUs(), main: threadCpuUs(subject.pid), database: subject.databaseCpuUs() };
  const { wallMs, p50Us, p99Us } = await load.calls({ target, connections, calls });
  const busy = (subject.cpuUs() - before.own) / 1_000 / wallMs;
  await subject.settled();
  return {
    cpuUs: (subject.cpuUs() - before.own) / calls,
    mainThreadUs: (threadCpuUs(subject.pid) - before.main) / calls,
    databaseCpuUs: (subject.databaseCpuUs() - before.database) / calls,
    p50Us,
    p99Us,
    busy,
  };
}

/** CPU per event of streams that are in full flow: opening and closing them is not in it. */
export async function measureEvents(
  load: LoadProcess,
  subject: Subject,
  order: { readonly streams: number; readonly windowMs: number },
): Promise<EventsFigure> {
  const events = Math.ceil((order.windowMs + steadyAfterMs + streamMarginMs) / eventEveryMs);
  await load.openStreams({ target: targetOf(subject, chatBody({ events })), streams: order.streams });
  await delay(steadyAfterMs);
  const first = await load.streamsState();
  const firstUs = subject.cpuUs();
  const firstMs = performance.now();
  await delay(order.windowMs);
  const last = await load.streamsState();
  const usedUs = subject.cpuUs() - firstUs;
  const wallMs = performance.now() - firstMs;
  const ended = await load.streamsEnded();
  await load.closeStreams();
  await subject.settled();
  return {
    cpuUs: usedUs / (last.events - first.events),
    busy: usedUs / 1_000 / wallMs,
    perChunk: (last.events - first.events) / (last.pieces - first.pieces),
    silentMs: last.silentMs,
    disorder: ended.disorder,
    incomplete: ended.streams - ended.completed,
  };
}

/** Memory of a stream that is open and silent, in bytes; what is free to be collected does not count. */
export async function measureIdleStream(load: LoadProcess, lodge: LodgeSubject, streams: number): Promise<number> {
  const inUse = async (): Promise<number> => {
    await lodge.settled();
    lodge.collect();
    await delay(collectMs);
    return residentBytes(lodge.pid);
  };
  const before = await inUse();
  await load.openStreams({ target: targetOf(lodge, chatBody({ events: silentTokens })), streams });
  const after = await inUse();
  await load.closeStreams();
  await lodge.settled();
  return (after - before) / streams;
}
