import { z } from 'zod';
import type { RequestFacts } from './facts.ts';

/** The times of one request as the marks and bars of a picture. Pure. */

const ms = z.number().min(0).describe('Milliseconds after it was received.');

export const timelineSchema = z
  .object({
    /** Where the picture ends. */
    length_ms: ms.nullable().describe('Null while it runs.'),
    marks: z
      .array(
        z.object({
          kind: z.enum(['received', 'admitted', 'head', 'first_token', 'end']),
          at_ms: ms,
        }),
      )
      .describe('In the order in which they happened.'),
    attempts: z.array(
      z.object({
        number: z.int(),
        from_ms: ms,
        head_ms: ms.nullable(),
        to_ms: ms.nullable().describe('Null when its end is not known.'),
        failed: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Timeline' });

export type Timeline = z.output<typeof timelineSchema>;
type MarkKind = Timeline['marks'][number]['kind'];

export function timelineOf(facts: RequestFacts): Timeline {
  const times: readonly (readonly [MarkKind, number | null])[] = [
    ['received', 0],
    ['admitted', facts.admitted_ms],
    ['head', facts.head_ms],
    ['first_token', facts.first_token_ms],
    ['end', facts.duration_ms],
  ];
  const marks = times.flatMap(([kind, at_ms]) => (at_ms === null ? [] : [{ kind, at_ms }]));
  const attempts = facts.attempts.map((attempt) => ({
    number: attempt.number,
    from_ms: attempt.started_ms,
    head_ms: attempt.head_ms,
    to_ms: attempt.ended_ms,
    failed: attempt.failure !== null,
  }));
  const running = facts.outcome === 'open';
  const last = Math.max(...marks.map(({ at_ms }) => at_ms), ...attempts.map(({ from_ms, to_ms }) => to_ms ?? from_ms));
  return { length_ms: running ? null : last, marks: marks.toSorted((a, b) => a.at_ms - b.at_ms), attempts };
}
