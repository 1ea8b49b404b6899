const consolePath = '/console/';
const longest = 500;

/**
 * Where to go after signing in: a path of the console as it stands after resolving, or the console's start. Whatever a
 * browser could take for another host (`//host`, `/\host`, a scheme, control characters, `..`) leads nowhere else.
 */
export function safeNext(next: string | undefined): string {
  if (next === undefined || next.length > longest || !next.startsWith(consolePath)) return consolePath;
  if (/[\\\x00-\x20\x7f]/.test(next)) return consolePath;
  const home = 'http://console.invalid';
  const url = URL.parse(next, home);
  if (url === null || url.origin !== home || !url.pathname.startsWith(consolePath)) return consolePath;
  return url.pathname + url.search + url.hash;
}
