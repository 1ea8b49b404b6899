import { report, runStep, type Step } from './steps.ts';

const steps: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'check', '.'], repair: 'npm run format' },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of the console', command: ['tsc', '-p', 'web'] },
  { name: 'dead code and dependencies', command: ['knip', '--no-progress'] },
  { name: 'generated files in date', command: ['node', 'scripts/generate.ts', '--check'], repair: 'npm run generate' },
  {
    name: 'architecture',
    command: ['vitest', 'run', 'test/architecture.test.ts', '--reporter=dot', '--no-color'],
    repair: 'test/architecture-rules.ts has the rules',
  },
];

/** Everything that needs no running part, all at once. Prints a line each; returns whether all is well. */
export async function staticChecks(): Promise<boolean> {
  return report(await Promise.all(steps.map(runStep)));
}
