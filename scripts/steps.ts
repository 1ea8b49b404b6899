import { spawn } from 'node:child_process';
import path from 'node:path';

export const root: string = path.dirname(import.meta.dirname);

/** What a step may print before it is cut: a broken tool must not flood the terminal. */
const outputBytes = 200_000;

export interface Step {
  readonly name: string;
  /** Command and arguments; a first word without a slash is looked up among the installed tools first. */
  readonly command: readonly string[];
  /** What to run to repair it, shown when it fails. */
  readonly repair?: string;
}

interface StepResult {
  readonly step: Step;
  readonly exitCode: number;
  readonly output: string;
  readonly tookMs: number;
}

/** Runs a command to its end with its output collected. Never throws: a command that cannot start is exit code 127. */
export function runStep(step: Step): Promise<StepResult> {
  const startedMs = Date.now();
  const [command = '', ...parameters] = step.command;
  return new Promise((resolve) => {
    let output = '';
    const done = (exitCode: number) => resolve({ step, exitCode, output, tookMs: Date.now() - startedMs });
    const child = spawn(command, parameters, {
      cwd: root,
      env: toolEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => {
      if (output.length < outputBytes) output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      output += error.message;
      done(127);
    });
    child.on('close', (exitCode) => done(exitCode ?? 1));
  });
}

/** Runs a command in the foreground, its output where ours goes. Returns its exit code. */
export function runInForeground(command: readonly string[]): Promise<number> {
  const [first = '', ...parameters] = command;
  return new Promise((resolve) => {
    const child = spawn(first, parameters, { cwd: root, env: toolEnvironment(), stdio: 'inherit' });
    child.on('error', () => resolve(127));
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
}

/** Prints one line per result, and the output of what failed. Returns whether all is well. */
export function report(results: readonly StepResult[]): boolean {
  for (const { step, exitCode, output, tookMs } of results) {
    const seconds = `${(tookMs / 1000).toFixed(1)} s`;
    console.log(`${exitCode === 0 ? '✓' : '✗'} ${step.name.padEnd(34)} ${seconds.padStart(7)}`);
    if (exitCode === 0) continue;
    console.log(output.trimEnd().replace(/^/gm, '  '));
    if (step.repair) console.log(`  → ${step.repair}`);
  }
  return results.every((result) => result.exitCode === 0);
}

/** The pinned Node and the installed tools first, so that no other version answers by chance. */
function toolEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env['PATH']}` };
}
