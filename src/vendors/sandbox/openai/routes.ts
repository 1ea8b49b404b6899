import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import type { CallBody, Route } from '../vendor.ts';
import { chatCompletions } from './chat.ts';
import {
  cancelResponse,
  compactResponse,
  countInputTokens,
  createResponse,
  deleteResponse,
  listInputItems,
  retrieveResponse,
} from './responses.ts';

function json(run: (call: Call, body: Json) => void): Route {
  return { body: 'json', run: (call, body) => run(call, body.json) };
}

function plain(run: (call: Call) => void): Route {
  return { body: 'none', run };
}

export type { CallBody };

/** Paths without a variable part, by method. */
const fixed: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  '/chat/completions': { POST: json(chatCompletions) },
  '/responses': { POST: json(createResponse) },
  '/responses/compact': { POST: json(compactResponse) },
  '/responses/input_tokens': { POST: json(countInputTokens) },
};

/** The endpoint of a path below `/v1`. */
export function route(method: string, path: string): Route | 'method' | null {
  const known = fixed[path];
  if (known !== undefined) return known[method] ?? 'method';
  const [, area, id, action, rest] = path.split('/');
  if (id === undefined || id === '' || rest !== undefined) return null;
  const name = decodeURIComponent(id);
  if (area === 'responses') return responseRoute(method, name, action);
  return null;
}

function responseRoute(method: string, id: string, action: string | undefined): Route | 'method' | null {
  if (action === 'cancel') return method === 'POST' ? plain((call) => cancelResponse(call, id)) : 'method';
  if (action === 'input_items') return method === 'GET' ? plain((call) => listInputItems(call, id)) : 'method';
  if (action !== undefined) return null;
  if (method === 'GET') return plain((call) => retrieveResponse(call, id));
  return method === 'DELETE' ? plain((call) => deleteResponse(call, id)) : 'method';
}
