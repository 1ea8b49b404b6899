import { expect, test } from 'vitest';
import { notesOf, rowsOf } from './budgets.ts';
import type { Comparison, Sample } from './comparison.ts';

function sample(what: Sample['what'], subject: Sample['subject'], values: readonly number[]): Sample[] {
  return values.map((value, index) => ({ what, subject, round: index + 1, value }));
}

const lodgeOnly: Sample[] = [
  ...sample('syncUs', 'lodge', [60, 62, 90]),
  ...sample('eventUs', 'lodge', [24, 22, 23]),
  ...sample('largeUs', 'lodge', [1_500]),
  ...sample('idleBytes', 'lodge', [31_000]),
  ...sample('p50Us', 'lodge', [250]),
  ...sample('p99Us', 'lodge', [900]),
  ...sample('p50Us', 'direct', [50]),
  ...sample('p99Us', 'direct', [100]),
  ...sample('syncMainThreadUs', 'lodge', [40, 45, 50]),
  ...sample('syncDatabaseUs', 'lodge', [30]),
  ...sample('busy', 'lodge', [0.5]),
  ...sample('eventsPerChunk', 'lodge', [1]),
  ...sample('silentMs', 'lodge', [25]),
  ...sample('faultyStreams', 'lodge', [0, 1, 2]),
];

test('a median within its budget passes, whatever nginx needs', () => {
  const rows = rowsOf({ samples: lodgeOnly, versions: {} });
  expect(rows.map(({ work, passes }) => [work, passes])).toEqual([
    ['sync call, 1 kB in and out', true],
    ['one relayed SSE event', false],
    ['1 MB request body', true],
    ['idle open stream', false],
    ['added latency, p50', true],
    ['added latency, p99', true],
  ]);
  expect(rows.every(({ ofNginx, passesByNginx }) => ofNginx === null && passesByNginx === null)).toBe(true);
  expect(rows[4]?.figures.lodge?.median).toBeCloseTo(0.2);
});

test('beside nginx the rounds are compared one by one', () => {
  const nginx = [...sample('syncUs', 'nginx', [10, 10, 20]), ...sample('eventUs', 'nginx', [8, 8, 8])];
  const comparison: Comparison = { samples: [...lodgeOnly, ...nginx], versions: {} };
  const [sync, event] = rowsOf(comparison);
  expect(sync?.ofNginx).toEqual({ median: 6, least: 4.5, most: 6.2 });
  expect(sync?.passesByNginx).toBe(true);
  expect(event?.passesByNginx).toBe(true);
});

test('what the relaying thread does not use, others do', () => {
  const [relaying, booking] = notesOf({ samples: lodgeOnly, versions: {} });
  expect(relaying?.value).toBe(45);
  expect(booking?.value).toBe(17);
});

test('faults of streams add up', () => {
  expect(notesOf({ samples: lodgeOnly, versions: {} }).at(-1)).toMatchObject({ value: 3 });
});
