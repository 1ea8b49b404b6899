import type { Comparison, Measured, Sample } from './comparison.ts';
import { type Spread, spreadOf } from './statistics.ts';
import type { SubjectName } from './subjects/subject.ts';

/** The budgets, and what was measured held against them. Pure: samples in, rows out. */

export type Unit = 'µs' | 'ms' | 'kB';

interface Budget {
  readonly work: string;
  readonly unit: Unit;
  readonly most: number;
  /** In times of what nginx needs in the same run; null where nginx does nothing of the kind. */
  readonly mostOfNginx: number | null;
  readonly figure: (samples: readonly Sample[], subject: SubjectName) => readonly number[];
}

/** nginx needed 8.5 µs per call and 6 µs per event on the machine for which the budgets were set. */
const budgets: readonly Budget[] = [
  { work: 'sync call, 1 kB in and out', unit: 'µs', most: 70, mostOfNginx: 70 / 8.5, figure: valuesOf('syncUs') },
  { work: 'one relayed SSE event', unit: 'µs', most: 20, mostOfNginx: 20 / 6, figure: valuesOf('eventUs') },
  { work: '1 MB request body', unit: 'ms', most: 2, mostOfNginx: null, figure: valuesOf('largeUs', 1_000) },
  { work: 'idle open stream', unit: 'kB', most: 30, mostOfNginx: null, figure: valuesOf('idleBytes', 1_000) },
  { work: 'added latency, p50', unit: 'ms', most: 0.3, mostOfNginx: null, figure: addedTo('p50Us') },
  { work: 'added latency, p99', unit: 'ms', most: 1.5, mostOfNginx: null, figure: addedTo('p99Us') },
];

export interface Row {
  readonly work: string;
  readonly unit: Unit;
  readonly most: number;
  readonly mostOfNginx: number | null;
  readonly figures: Readonly<Partial<Record<SubjectName, Spread>>>;
  /** Lodge's figure over that of nginx and of the bare relay, round by round; null where the work is not theirs. */
  readonly ofNginx: Spread | null;
  readonly ofRelay: Spread | null;
  readonly passes: boolean;
  /** Null without nginx, or without such a budget. */
  readonly passesByNginx: boolean | null;
}

/** What no budget asks for, and a reader of the figures wants to know. */
export interface Note {
  readonly what: string;
  readonly unit: 'µs' | '%' | 'ms' | '';
  readonly value: number;
}

const subjects: readonly SubjectName[] = ['lodge', 'nginx', 'relay', 'portkey'];

export function rowsOf({ samples }: Comparison): Row[] {
  return budgets.map(({ work, unit, most, mostOfNginx, figure }) => {
    const values = Object.fromEntries(subjects.map((subject) => [subject, figure(samples, subject)]));
    const own = values['lodge'] ?? [];
    const ofNginx = mostOfNginx === null ? null : ratioOf(own, values['nginx']);
    const ofRelay = mostOfNginx === null ? null : ratioOf(own, values['relay']);
    const measured = Object.entries(values).filter(([, all]) => all.length > 0);
    return {
      work,
      unit,
      most,
      mostOfNginx,
      figures: Object.fromEntries(measured.map(([subject, all]) => [subject, spreadOf(all)])),
      ofNginx,
      ofRelay,
      passes: own.length > 0 && spreadOf(own).median <= most,
      passesByNginx: ofNginx === null || mostOfNginx === null ? null : ofNginx.median <= mostOfNginx,
    };
  });
}

export function notesOf({ samples }: Comparison): Note[] {
  const median = (what: Measured): number => spreadOf(valuesOf(what)(samples, 'lodge')).median;
  const relayUs = median('syncMainThreadUs');
  const faulty = valuesOf('faultyStreams')(samples, 'lodge').reduce((sum, value) => sum + value, 0);
  return [
    { what: 'of a sync call: the thread that relays, journal included', unit: 'µs', value: relayUs },
    { what: 'of a sync call: other threads, which book it', unit: 'µs', value: median('syncUs') - relayUs },
    { what: 'Postgres, per sync call, beside it', unit: 'µs', value: median('syncDatabaseUs') },
    { what: "Lodge's core, busy while latency was measured", unit: '%', value: median('busy') * 100 },
    { what: 'events per chunk that reached a client', unit: '', value: median('eventsPerChunk') },
    { what: 'longest silence of any stream', unit: 'ms', value: median('silentMs') },
    { what: 'streams that lost, doubled or swapped an event or broke', unit: '', value: faulty },
  ];
}

function ratioOf(own: readonly number[], other: readonly number[] = []): Spread | null {
  const ratios = own.map((value, index) => value / (other[index] ?? Number.NaN));
  return ratios.length > 0 && ratios.every(Number.isFinite) ? spreadOf(ratios) : null;
}

function valuesOf(what: Measured, divisor = 1) {
  return (samples: readonly Sample[], subject: Sample['subject']): number[] =>
    samples.filter((one) => one.what === what && one.subject === subject).map(({ value }) => value / divisor);
}

/** Latency beyond that of the upstream alone, round by round. */
function addedTo(what: 'p50Us' | 'p99Us') {
  return (samples: readonly Sample[], subject: SubjectName): number[] => {
    const direct = valuesOf(what, 1_000)(samples, 'direct');
    return valuesOf(what, 1_000)(samples, subject).map((value, index) => value - (direct[index] ?? 0));
  };
}
