import { parseArgs } from 'node:util';

export interface Options {
  readonly json: boolean;
  readonly writeDocs: boolean;
  readonly profile: boolean;
  readonly help: boolean;
  readonly plan: Plan;
}

/** How much is measured. Counts, not times, wherever a subject's own speed would else decide how well it is warmed up. */
export interface Plan {
  readonly rounds: number;
  /** Behind this no further round is begun: on a busy machine everything takes longer. */
  readonly roundsWithinMs: number;
  readonly warmCalls: number;
  readonly calls: number;
  /** Of a subject that needs a millisecond per call. */
  readonly slowCalls: number;
  readonly connections: number;
  readonly streams: number;
  readonly slowStreams: number;
  /** 0: streams are not warmed up. */
  readonly warmStreamMs: number;
  readonly streamWindowMs: number;
  readonly largeCalls: number;
  readonly idleStreams: number;
  readonly latencyCalls: number;
}

const fullPlan: Plan = {
  rounds: 5,
  roundsWithinMs: 185_000,
  warmCalls: 60_000,
  calls: 20_000,
  slowCalls: 1_500,
  connections: 32,
  streams: 512,
  slowStreams: 48,
  warmStreamMs: 1_000,
  streamWindowMs: 3_000,
  largeCalls: 100,
  idleStreams: 2_000,
  latencyCalls: 2_000,
};

const quickPlan: Plan = {
  ...fullPlan,
  rounds: 1,
  warmCalls: 6_000,
  calls: 6_000,
  slowCalls: 300,
  warmStreamMs: 0,
  streamWindowMs: 1_000,
  largeCalls: 30,
  latencyCalls: 500,
};

export const usage = `npm run bench [-- options]

Measures the CPU that one unit of work costs Lodge, nginx, a bare Node relay and Portkey, in turns, on this machine.

  --quick        one round, under a minute: to see where things stand, not to compare
  --rounds <n>   rounds of the comparison, however long they take (5, within about four minutes)
  --json         the figures as JSON on standard output
  --write-docs   put the figures into docs/performance.md
  --profile      no comparison: where Lodge spends its CPU, by function
`;

/** @throws Error with one line for people */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'write-docs': { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      rounds: { type: 'string' },
    },
  });
  const plan = values.quick ? quickPlan : fullPlan;
  const rounds = values.rounds === undefined ? plan.rounds : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100)
    throw new Error(`--rounds must be a whole number from 1 to 100, not "${values.rounds}".`);
  const { json, profile, help } = values;
  const roundsWithinMs = values.rounds === undefined ? plan.roundsWithinMs : Number.POSITIVE_INFINITY;
  return { json, profile, help, writeDocs: values['write-docs'], plan: { ...plan, rounds, roundsWithinMs } };
}
