import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import { Refusal } from '../problem.ts';
import { isModel } from './prompt.ts';

/** What the list shows, newest first; any other name of the vendor's pattern is served as well. */
const names: readonly (readonly [id: string, name: string])[] = [
  ['claude-haiku-5-5', 'Claude Haiku 5.5'],
  ['claude-sonnet-5-5', 'Claude Sonnet 5.5'],
  ['claude-opus-5-5', 'Claude Opus 5.5'],
  ['claude-opus-5', 'Claude Opus 5'],
  ['claude-sonnet-5', 'Claude Sonnet 5'],
  ['claude-opus-4-6', 'Claude Opus 4.6'],
  ['claude-sonnet-4-6', 'Claude Sonnet 4.6'],
  ['claude-haiku-4-5-20251001', 'Claude Haiku 4.5'],
];

function modelObject(id: string, name: string): Json {
  return { type: 'model', id, display_name: name, created_at: '2026-01-01T00:00:00Z' };
}

/** `GET /v1/models`, in pages by `limit`, `after_id`, `before_id`. */
export function listModels(call: Call): void {
  const limit = Math.min(Math.max(Number(call.query.get('limit') ?? 20) || 20, 1), 1000);
  const after = names.findIndex(([id]) => id === call.query.get('after_id'));
  const before = names.findIndex(([id]) => id === call.query.get('before_id'));
  const rest = names.slice(after + 1, before < 0 ? names.length : before);
  const page = rest.slice(0, limit).map(([id, name]) => modelObject(id, name));
  const [first, last] = [page[0]?.['id'] ?? null, page.at(-1)?.['id'] ?? null];
  call.json({ data: page, has_more: rest.length > page.length, first_id: first, last_id: last });
}

export function retrieveModel(call: Call, id: string): void {
  call.model = id;
  if (!isModel(id)) throw new Refusal('unknown_model', `model: ${id}`);
  call.json(modelObject(id, names.find(([known]) => known === id)?.[1] ?? id));
}
