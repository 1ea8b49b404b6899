import type { ApiOperation } from './api-document.ts';

/** A call to paste into a shell: what has to be filled in are variables, so that nothing is sent by mistake. */
export function curlExample(operation: ApiOperation, url: string): string {
  const { method, path, access, body } = operation;
  const filled = path.replaceAll(/\{([a-z_]+)\}/g, (_place, name: string) => `$${name.toUpperCase()}`);
  const query = operation.parameters
    .filter(({ place, required }) => place === 'query' && required)
    .map(({ name }) => `${name}=$${name.toUpperCase()}`)
    .join('&');
  const address = `"${url}${filled}${query === '' ? '' : `?${query}`}"`;
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}${address}`];
  if (access.kind === 'account' && !access.tokens) lines.push('-H "Cookie: lodge.session_token=$SESSION"');
  else if (access.kind !== 'public') lines.push('-H "Authorization: Bearer $TOKEN"');
  if (method !== 'GET' && (access.kind === 'public' || (access.kind === 'account' && !access.tokens))) {
    lines.push('-H "X-Lodge-Console: 1"');
  }
  if (body?.mediaType === 'application/json') {
    lines.push('-H "Content-Type: application/json"', `-d '${body.sample.replaceAll("'", "'\\''")}'`);
  }
  return lines.join(' \\\n  ');
}
