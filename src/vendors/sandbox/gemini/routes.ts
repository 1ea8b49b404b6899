import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import type { Route } from '../vendor.ts';
import { countContentTokens, generateContent, streamGenerateContent } from './generate.ts';

type ModelAction = (call: Call, model: string, body: Json) => void;

const actions: Readonly<Record<string, ModelAction>> = {
  generateContent,
  streamGenerateContent,
  countTokens: countContentTokens,
};

export function route(method: string, path: string): Route | 'method' | null {
  const match = /^\/v1(?:beta|alpha)?\/(models|tunedModels)(?:\/([^/:]+)(?::([A-Za-z]+))?)?$/.exec(path);
  if (match === null) return null;
  const [, , model, name] = match;
  if (model === undefined || name === undefined) return null;
  const action = actions[name];
  if (action === undefined) return null;
  if (method !== 'POST') return 'method';
  return { body: 'json', run: (call, body) => action(call, decodeURIComponent(model), body.json) };
}
