import type { Config } from '../base/config.ts';

/**
 * Origins that our own pages have in a browser. Without a public address it is this machine, under the names that people
 * type for it.
 */
export function ownOrigins({ publicUrl }: Pick<Config, 'publicUrl'>, url: string): readonly string[] {
  const { origin, hostname, port, protocol } = new URL(url);
  if (publicUrl !== null || !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return [origin];
  const suffix = port === '' ? '' : `:${port}`;
  return ['127.0.0.1', 'localhost', '[::1]'].map((host) => `${protocol}//${host}${suffix}`);
}
