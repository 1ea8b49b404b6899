import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import type { Route } from '../vendor.ts';
import { batchEmbedContents, embedContent } from './embed.ts';
import { countContentTokens, generateContent, streamGenerateContent } from './generate.ts';
import { listModels, retrieveModel } from './models.ts';

type Action = (call: Call, model: string, body: Json) => void;

const actions: ReadonlyMap<string, Action> = new Map<string, Action>(
  Object.entries({
    generateContent,
    streamGenerateContent,
    countTokens: countContentTokens,
    embedContent,
    batchEmbedContents,
  }),
);

const shape = /^\/v1(?:beta|alpha)?\/(?:tunedM|m)odels(?:\/([^/:]+)(?::([A-Za-z]+))?)?$/;

export function route(method: string, path: string): Route | 'method' | null {
  const match = shape.exec(path);
  if (match === null) return null;
  const [, encoded, name] = match;
  if (name === undefined) {
    if (method !== 'GET') return 'method';
    return {
      body: 'none',
      run: (call) => (encoded === undefined ? listModels(call) : retrieveModel(call, decoded(encoded))),
    };
  }
  const action = actions.get(name);
  if (action === undefined || encoded === undefined) return null;
  if (method !== 'POST') return 'method';
  return { body: 'json', run: (call, body) => action(call, decoded(encoded), body.json) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
