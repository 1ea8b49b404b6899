import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import { Refusal } from '../problem.ts';
import { isModel } from './prompt.ts';

/** What the list shows; any other name of the vendor's pattern is served as well. */
const ids = [
  'gemini-3.8-flash',
  'gemini-3.5-flash',
  'gemini-3.5-flash-lite',
  'gemini-3.1-pro-preview',
  'gemini-3-pro-preview',
  'gemini-3-flash-preview',
  'gemini-2.5-pro',
  'gemini-2.5-flash',
  'gemini-2.5-flash-lite',
  'gemini-2.5-flash-image',
  'gemini-embedding-001',
];

function modelObject(id: string): Json {
  const embedding = id.includes('embedding');
  return {
    name: `models/${id}`,
    version: '001',
    displayName: id,
    description: 'A model of the sandbox.',
    inputTokenLimit: embedding ? 2048 : 1_048_576,
    outputTokenLimit: embedding ? 1 : 65_536,
    supportedGenerationMethods: embedding ? ['embedContent', 'countTokens'] : ['generateContent', 'countTokens'],
    temperature: 1,
    topP: 0.95,
    topK: 64,
    maxTemperature: 2,
  };
}

/** `GET models`, in pages by `pageSize` and `pageToken`. */
export function listModels(call: Call): void {
  const size = Math.min(Math.max(Number(call.query.get('pageSize') ?? 50) || 50, 1), 1000);
  const from = Math.max(Number(call.query.get('pageToken') ?? 0) || 0, 0);
  const models = ids.slice(from, from + size).map(modelObject);
  const next = from + size < ids.length ? { nextPageToken: String(from + size) } : {};
  call.json({ models, ...next });
}

export function retrieveModel(call: Call, id: string): void {
  call.model = id;
  if (!isModel(id)) throw new Refusal('unknown_model', `Model is not found: models/${id} for api version v1beta`);
  call.json(modelObject(id));
}
