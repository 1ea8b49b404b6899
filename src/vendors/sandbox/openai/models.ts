import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import { Refusal } from '../problem.ts';
import { isModel } from './prompt.ts';

/** What the list shows; any other name of the vendor's pattern is served as well. */
const ids = [
  'gpt-6.1-sol',
  'gpt-6.1-terra',
  'gpt-6-astra',
  'gpt-6-luna',
  'gpt-5.6-sol',
  'gpt-5.5',
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.3-codex',
  'gpt-5.2',
  'gpt-5-mini',
  'gpt-4.1',
  'gpt-4o',
  'gpt-4o-mini',
  'gpt-audio',
  'gpt-3.5-turbo-instruct',
  'gpt-image-2',
  'gpt-4o-transcribe',
  'gpt-4o-mini-tts',
  'whisper-1',
  'text-embedding-3-large',
  'text-embedding-3-small',
  'omni-moderation-latest',
];

function modelObject(id: string): Json {
  return { id, object: 'model', created: 1_767_225_600, owned_by: 'system' };
}

export function listModels(call: Call): void {
  call.json({ object: 'list', data: ids.map(modelObject) });
}

export function retrieveModel(call: Call, id: string): void {
  call.model = id;
  if (!isModel(id)) throw new Refusal('unknown_model', `The model '${id}' does not exist`, 'model');
  call.json(modelObject(id));
}
