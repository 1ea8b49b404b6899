import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import type { Route } from '../vendor.ts';
import * as batches from './batches.ts';
import { countMessageTokens, createMessage } from './messages.ts';
import { listModels, retrieveModel } from './models.ts';

function json(run: (call: Call, body: Json) => void): Route {
  return { body: 'json', run: (call, body) => run(call, body.json) };
}

function plain(run: (call: Call) => void): Route {
  return { body: 'none', run };
}

const fixed: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  '/v1/messages': { POST: json(createMessage) },
  '/v1/messages/count_tokens': { POST: json(countMessageTokens) },
  '/v1/messages/batches': { POST: json(batches.createBatch), GET: plain(batches.listBatches) },
  '/v1/models': { GET: plain(listModels) },
};

type ById = (call: Call, id: string) => void;

const byId: readonly (readonly [path: RegExp, methods: Readonly<Record<string, ById>>])[] = [
  [/^\/v1\/models\/([^/]+)$/, { GET: retrieveModel }],
  [/^\/v1\/messages\/batches\/([^/]+)$/, { GET: batches.retrieveBatch, DELETE: batches.deleteBatch }],
  [/^\/v1\/messages\/batches\/([^/]+)\/cancel$/, { POST: batches.cancelBatch }],
  [/^\/v1\/messages\/batches\/([^/]+)\/results$/, { GET: batches.batchResults }],
];

export function route(method: string, path: string): Route | 'method' | null {
  const known = fixed[path];
  if (known !== undefined) return known[method] ?? 'method';
  for (const [pattern, methods] of byId) {
    const id = pattern.exec(path)?.[1];
    if (id === undefined) continue;
    const run = methods[method];
    return run === undefined ? 'method' : plain((call) => run(call, id));
  }
  return null;
}
