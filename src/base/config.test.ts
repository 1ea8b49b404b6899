import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { privateUpstreamsAllowed, readConfig } from './config.ts';
import { AppError } from './errors.ts';
import { settings } from './settings.ts';

function problems(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('config_invalid');
    return (error as AppError).message;
  }
  throw new Error('The environment was accepted.');
}

describe('readConfig', () => {
  it('needs nothing: every setting has a default or may be unset', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: null,
      sandbox: true,
      retentionDays: 90,
    });
    expect(config.dataDir).toBe(path.resolve('data'));
  });

  it('takes every default as a value that somebody wrote', () => {
    const written = Object.fromEntries(Object.values(settings).map((one) => [one.name, one.default ?? '']));
    expect(readConfig(written)).toEqual(readConfig({}));
  });

  it('takes an empty or blank setting as unset', () => {
    expect(readConfig({ LODGE_PORT: '', LODGE_REGION: '  ' })).toEqual(readConfig({}));
  });

  it('trims what a shell or file left around a value', () => {
    expect(readConfig({ LODGE_PORT: ' 9090 ' }).port).toBe(9090);
  });

  it('reports every wrong setting at once, with its name and what it must be', () => {
    const text = problems({ LODGE_PORT: '80a', LODGE_SANDBOX: 'true', DATABASE_URL: 'mysql://h/d', LODGE_PROT: '1' });
    expect(text.split('\n')).toEqual([
      'LODGE_PORT must be a whole number from 0 to 65535, not "80a".',
      'DATABASE_URL must be an address that begins with postgres: or postgresql:.',
      'LODGE_SANDBOX must be one of yes, no, not "true".',
      'LODGE_PROT is not a setting of Lodge; .env.example lists them all.',
    ]);
  });

  it.each(['65536', '-1', '1.5', '1e3', '0x10', '٣'])('refuses the port %s', (port) => {
    expect(problems({ LODGE_PORT: port })).toContain('LODGE_PORT must be a whole number');
  });

  it('never repeats a secret', () => {
    const text = problems({
      LODGE_SECRET: 'hunter2-too-short',
      LODGE_ADMIN_TOKEN: 'hunter2',
      DATABASE_URL: 'mysql://user:hunter2@host/db',
      REDIS_URL: 'user:hunter2',
    });
    expect(text.split('\n')).toHaveLength(4);
    expect(text).not.toContain('hunter2');
  });

  it('leaves what belongs to others and to tests alone', () => {
    expect(readConfig({ PATH: '/bin', LODGE_TEST_DATABASE_URL: 'x' })).toEqual(readConfig({}));
  });
});

describe('private upstreams', () => {
  it.each([
    [{}, true],
    [{ DATABASE_URL: 'postgres://db/lodge' }, false],
    [{ DATABASE_URL: 'postgres://db/lodge', LODGE_ALLOW_PRIVATE_UPSTREAMS: 'yes' }, true],
    [{ LODGE_ALLOW_PRIVATE_UPSTREAMS: 'no' }, false],
  ])('%o: %s', (environment, allowed) => {
    expect(privateUpstreamsAllowed(readConfig(environment))).toBe(allowed);
  });
});
