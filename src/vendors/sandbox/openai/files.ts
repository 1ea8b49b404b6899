import type { Call } from '../call.ts';
import { newId } from '../ids.ts';
import type { Json } from '../json.ts';
import { Refusal } from '../problem.ts';
import type { CallBody } from '../vendor.ts';

/** Files and batches as facts: what is uploaded is measured and thrown away, and batches never run. */
const files = new Map<string, Json>();
const batches = new Map<string, Json>();
const maxKept = 1000;

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

function keep(kept: Map<string, Json>, value: Json): Json {
  kept.set(String(value['id']), value);
  if (kept.size > maxKept) for (const oldest of [...kept.keys()].slice(0, 1)) kept.delete(oldest);
  return value;
}

function find(kept: Map<string, Json>, what: string, id: string): Json {
  const value = kept.get(id);
  if (value === undefined) throw new Refusal('not_found', `No such ${what} object: ${id}`, 'id');
  return value;
}

function listOf(kept: Map<string, Json>): Json {
  const data = [...kept.values()].reverse().slice(0, 100);
  return {
    object: 'list',
    data,
    first_id: data[0]?.['id'] ?? null,
    last_id: data.at(-1)?.['id'] ?? null,
    has_more: false,
  };
}

export function uploadFile(call: Call, { form }: CallBody): void {
  const file = form.files.find((one) => one.name === 'file');
  if (file === undefined) throw new Refusal('missing', "Missing required parameter: 'file'.", 'file');
  const purpose = form.fields.get('purpose');
  if (purpose === undefined) throw new Refusal('missing', "Missing required parameter: 'purpose'.", 'purpose');
  const base = { id: newId('file-'), object: 'file', bytes: file.bytes, created_at: seconds() };
  call.json(keep(files, { ...base, filename: file.fileName, purpose, status: 'processed' }));
}

export function listFiles(call: Call): void {
  call.json(listOf(files));
}

export function retrieveFile(call: Call, id: string): void {
  call.json(find(files, 'File', id));
}

export function deleteFile(call: Call, id: string): void {
  find(files, 'File', id);
  files.delete(id);
  call.json({ id, object: 'file', deleted: true });
}

export function createBatch(call: Call, body: Json): void {
  for (const name of ['input_file_id', 'endpoint', 'completion_window']) {
    if (typeof body[name] !== 'string') throw new Refusal('missing', `Missing required parameter: '${name}'.`, name);
  }
  const counts = { total: 0, completed: 0, failed: 0 };
  const { input_file_id, endpoint, completion_window, metadata } = body;
  const asked = { input_file_id, endpoint, completion_window, metadata: metadata ?? null };
  const base = { id: newId('batch_'), object: 'batch', ...asked, status: 'validating', created_at: seconds() };
  call.json(
    keep(batches, { ...base, request_counts: counts, errors: null, output_file_id: null, error_file_id: null }),
  );
}

export function listBatches(call: Call): void {
  call.json(listOf(batches));
}

export function retrieveBatch(call: Call, id: string): void {
  call.json(find(batches, 'Batch', id));
}

export function cancelBatch(call: Call, id: string): void {
  const cancelled = { ...find(batches, 'Batch', id), status: 'cancelling', cancelling_at: seconds() };
  call.json(keep(batches, cancelled));
}
