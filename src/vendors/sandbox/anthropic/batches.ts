import type { Call } from '../call.ts';
import { noTokens } from '../counts.ts';
import { newId } from '../ids.ts';
import { isObject, type Json, object, objects, string } from '../json.ts';
import { Refusal } from '../problem.ts';
import { messageObject } from './messages.ts';
import { readTurn } from './prompt.ts';

interface Batch {
  readonly object: Json;
  /** One JSON line per request. */
  readonly results: string;
}

/** Batches end at once; the oldest are forgotten. In memory only. */
const batches = new Map<string, Batch>();
const maxKept = 50;
const maxRequests = 1000;
const maxResultBytes = 8 * 1024 * 1024;

/** `POST /v1/messages/batches`. */
export function createBatch(call: Call, body: Json): void {
  const requests = objects(body['requests']);
  if (requests.length === 0) throw new Refusal('missing', 'requests: Field required');
  if (requests.length > maxRequests) throw new Refusal('invalid', `requests: at most ${maxRequests} in the sandbox`);
  const lines = requests.map((request) => resultLine(call, request));
  call.model = null;
  const failed = lines.filter((line) => !line.succeeded).length;
  const id = newId('msgbatch_01');
  const now = new Date().toISOString();
  const batch = {
    id,
    type: 'message_batch',
    processing_status: 'ended',
    request_counts: { processing: 0, succeeded: lines.length - failed, errored: failed, canceled: 0, expired: 0 },
    created_at: now,
    ended_at: now,
    expires_at: new Date(Date.now() + 86_400_000).toISOString(),
    archived_at: null,
    cancel_initiated_at: null,
    results_url: `http://${call.req.headers.host}/anthropic/v1/messages/batches/${id}/results`,
  };
  const results = lines.map((line) => `${JSON.stringify(line.line)}\n`).join('');
  if (results.length > maxResultBytes) throw new Refusal('too_large', 'The results are too large for the sandbox.');
  batches.set(id, { object: batch, results });
  for (const oldest of [...batches.keys()].slice(0, batches.size - maxKept)) batches.delete(oldest);
  call.json(batch);
}

function resultLine(call: Call, request: Json): { succeeded: boolean; line: Json } {
  const id = string(request['custom_id']);
  if (id === null || !isObject(request['params'])) throw new Refusal('missing', 'requests.0.custom_id: Field required');
  try {
    const turn = readTurn(call, object(request['params']));
    const message = messageObject(turn, call.faults.noUsage ? null : turn.tokens);
    return { succeeded: true, line: { custom_id: id, result: { type: 'succeeded', message } } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const wrong = { type: 'error', error: { type: 'invalid_request_error', message: error.message } };
    return { succeeded: false, line: { custom_id: id, result: { type: 'errored', error: wrong } } };
  }
}

export function listBatches(call: Call): void {
  const data = [...batches.values()]
    .reverse()
    .slice(0, 100)
    .map((batch) => batch.object);
  call.json({ data, has_more: false, first_id: data[0]?.['id'] ?? null, last_id: data.at(-1)?.['id'] ?? null });
}

export function retrieveBatch(call: Call, id: string): void {
  call.json(find(id).object);
}

export function cancelBatch(call: Call, id: string): void {
  call.json({ ...find(id).object, cancel_initiated_at: new Date().toISOString() });
}

export function deleteBatch(call: Call, id: string): void {
  find(id);
  batches.delete(id);
  call.json({ id, type: 'message_batch_deleted' });
}

/** Its tokens are paid by the batch, not by whoever reads the results. */
export function batchResults(call: Call, id: string): void {
  call.produce(noTokens);
  call.bytes(200, 'application/x-jsonl', find(id).results, null);
}

function find(id: string): Batch {
  const batch = batches.get(id);
  if (batch === undefined) throw new Refusal('not_found', `Message batch ${id} not found.`);
  return batch;
}
