import path from 'node:path';
import { AppError } from './errors.ts';
import { type Setting, settings } from './settings.ts';

type Values = {
  readonly [Name in keyof typeof settings]: (typeof settings)[Name] extends Setting<infer T> ? T : never;
};

/** The settings of one process. `secret` and `adminToken` are null until the data directory has supplied them. */
export type Config = Values;

/**
 * The only reader of the environment. Reports every wrong setting in one message, and a setting with our prefix that
 * does not exist: a misspelt one would otherwise be ignored in silence.
 *
 * @throws AppError `config_invalid`
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings) as [string, Setting<unknown>][]) {
    const text = environment[setting.name]?.trim() || (setting.default ?? '');
    try {
      values[key] = setting.parse(text);
    } catch (error) {
      problems.push(`${setting.name} must be ${(error as Error).message}.`);
    }
  }
  const known = new Set(Object.values(settings).map((setting) => setting.name as string));
  for (const name of Object.keys(environment)) {
    if (name.startsWith('LODGE_') && !known.has(name) && !name.startsWith('LODGE_TEST_'))
      problems.push(`${name} is not a setting of Lodge; .env.example lists them all.`);
  }
  if (problems.length > 0) throw new AppError('config_invalid', problems.join('\n'));
  const config = values as unknown as Config;
  return { ...config, dataDir: path.resolve(config.dataDir) };
}

/** Whether channels may point at loopback or private addresses. */
export function privateUpstreamsAllowed(config: Config): boolean {
  return config.allowPrivateUpstreams ?? config.databaseUrl === null;
}
