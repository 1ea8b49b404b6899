import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import type { Route } from '../vendor.ts';
import { countMessageTokens, createMessage } from './messages.ts';

function json(run: (call: Call, body: Json) => void): Route {
  return { body: 'json', run: (call, body) => run(call, body.json) };
}

const fixed: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  '/v1/messages': { POST: json(createMessage) },
  '/v1/messages/count_tokens': { POST: json(countMessageTokens) },
};

export function route(method: string, path: string): Route | 'method' | null {
  const known = fixed[path];
  if (known !== undefined) return known[method] ?? 'method';
  return null;
}
