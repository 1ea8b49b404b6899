import type { Timeline } from '../../api/schema.ts';

/** The picture of a call: what stands where, in milliseconds. Pure. */

export type PhaseKind = 'admission' | 'waiting' | 'answer' | 'whole';

export interface Phase {
  readonly kind: PhaseKind;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a call was busy with, one after the other; a refused one with one thing only. Empty phases are left out. */
export function phasesOf({ marks, attempts }: Timeline, endMs: number): readonly Phase[] {
  if (attempts.length === 0) return [{ kind: 'whole', fromMs: 0, toMs: endMs }];
  const at = (kind: Timeline['marks'][number]['kind']) => marks.find((mark) => mark.kind === kind)?.at_ms ?? null;
  const admittedMs = Math.min(endMs, at('admitted') ?? attempts[0]?.from_ms ?? 0);
  const lastMs = Math.max(admittedMs, Math.min(endMs, attempts.at(-1)?.to_ms ?? endMs));
  const waiting = { kind: 'waiting', fromMs: admittedMs } as const;
  const answerMs = Math.min(endMs, Math.max(admittedMs, at('first_token') ?? headOf({ marks, attempts }) ?? endMs));
  const phases: readonly Phase[] = [
    { kind: 'admission', fromMs: 0, toMs: admittedMs },
    ...(isServed(attempts)
      ? ([
          { ...waiting, toMs: answerMs },
          { kind: 'answer', fromMs: answerMs, toMs: endMs },
        ] as const)
      : ([
          { ...waiting, toMs: lastMs },
          { kind: 'whole', fromMs: lastMs, toMs: endMs },
        ] as const)),
  ];
  return phases.filter(({ fromMs, toMs }) => toMs > fromMs);
}

/** Where all tries failed the answer is the site's own. */
function isServed(attempts: Timeline['attempts']): boolean {
  return attempts.some(({ failed }) => !failed);
}

/** When the vendor's answer began. While a call runs, only its try knows. */
function headOf({ marks, attempts }: Pick<Timeline, 'marks' | 'attempts'>): number | null {
  const mark = marks.find(({ kind }) => kind === 'head');
  return mark?.at_ms ?? attempts.find(({ failed }) => !failed)?.head_ms ?? null;
}

/** Round times for the scale below: three to six of them, from 0 on, none beyond the end. */
export function ticksOf(endMs: number): readonly number[] {
  if (endMs <= 0) return [0];
  const rough = endMs / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  // Times are kept in whole milliseconds.
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => index * step);
}

export type StepKind = 'received' | 'admitted' | 'head' | 'first_token' | 'end' | 'attempt' | 'attemptFailed';

export interface Step {
  readonly kind: StepKind;
  readonly atMs: number;
  /** Of the try, for the kinds that are about one. */
  readonly number: number | null;
}

/** Everything that happened, in its order: the picture in words. */
export function stepsOf({ marks, attempts }: Timeline): readonly Step[] {
  const first = marks.find(({ kind }) => kind === 'first_token')?.at_ms;
  const headMs = isServed(attempts) ? headOf({ marks, attempts }) : null;
  const steps = [
    ...marks
      .filter(({ kind }) => kind !== 'head')
      .map(({ kind, at_ms }): Step => ({ kind, atMs: at_ms, number: null })),
    // An answer that begins with its first token needs no two lines for it.
    ...(headMs !== null && (first === undefined || first > headMs)
      ? [{ kind: 'head', atMs: headMs, number: null } as const]
      : []),
    ...attempts.flatMap(({ number, from_ms, to_ms, failed }): Step[] => [
      { kind: 'attempt', atMs: from_ms, number },
      ...(failed && to_ms !== null ? [{ kind: 'attemptFailed', atMs: to_ms, number } as const] : []),
    ]),
  ];
  return steps.toSorted((a, b) => a.atMs - b.atMs || rank(a) - rank(b));
}

/** The order of what falls into the same millisecond. */
function rank({ kind, number }: Step): number {
  const order: Readonly<Record<StepKind, number>> = {
    received: 0,
    admitted: 1,
    attempt: 2,
    attemptFailed: 2.5,
    head: 100,
    first_token: 101,
    end: 102,
  };
  return order[kind] + (number ?? 0);
}
