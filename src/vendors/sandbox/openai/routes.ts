import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import type { CallBody, Route } from '../vendor.ts';
import { speech, transcribe } from './audio.ts';
import { chatCompletions } from './chat.ts';
import { completions } from './completions.ts';
import { embeddings, moderations } from './embeddings.ts';
import * as files from './files.ts';
import { editImages, generateImages } from './images.ts';
import { listModels, retrieveModel } from './models.ts';
import * as responses from './responses.ts';

function json(run: (call: Call, body: Json) => void): Route {
  return { body: 'json', run: (call, body) => run(call, body.json) };
}

function multipart(run: (call: Call, body: CallBody) => void): Route {
  return { body: 'multipart', run };
}

function plain(run: (call: Call) => void): Route {
  return { body: 'none', run };
}

type Methods = Readonly<Record<string, Route>>;

/** Paths without a variable part, by method. */
const fixed: Readonly<Record<string, Methods>> = {
  '/chat/completions': { POST: json(chatCompletions) },
  '/responses': { POST: json(responses.createResponse) },
  '/responses/compact': { POST: json(responses.compactResponse) },
  '/responses/input_tokens': { POST: json(responses.countInputTokens) },
  '/completions': { POST: json(completions) },
  '/embeddings': { POST: json(embeddings) },
  '/moderations': { POST: json(moderations) },
  '/images/generations': { POST: json(generateImages) },
  '/images/edits': { POST: multipart(editImages) },
  '/images/variations': { POST: multipart(editImages) },
  '/audio/speech': { POST: json(speech) },
  '/audio/transcriptions': { POST: multipart(transcribe) },
  '/audio/translations': { POST: multipart(transcribe) },
  '/models': { GET: plain(listModels) },
  '/files': { GET: plain(files.listFiles), POST: multipart(files.uploadFile) },
  '/batches': { GET: plain(files.listBatches), POST: json(files.createBatch) },
};

type ById = (call: Call, id: string) => void;

/** `/<area>/{id}` and `/<area>/{id}/<action>`, by method. */
const byId: Readonly<Record<string, Readonly<Record<string, ById>>>> = {
  '/responses/{id}': { GET: responses.retrieveResponse, DELETE: responses.deleteResponse },
  '/responses/{id}/cancel': { POST: responses.cancelResponse },
  '/responses/{id}/input_items': { GET: responses.listInputItems },
  '/models/{id}': { GET: retrieveModel },
  '/files/{id}': { GET: files.retrieveFile, DELETE: files.deleteFile },
  '/batches/{id}': { GET: files.retrieveBatch },
  '/batches/{id}/cancel': { POST: files.cancelBatch },
};

/** The endpoint of a path below `/v1`. */
export function route(method: string, path: string): Route | 'method' | null {
  const known = fixed[path];
  if (known !== undefined) return known[method] ?? 'method';
  const [, area, id, action, more] = path.split('/');
  if (id === undefined || id === '' || more !== undefined) return null;
  const methods = byId[`/${area}/{id}${action === undefined ? '' : `/${action}`}`];
  if (methods === undefined) return null;
  const run = methods[method];
  return run === undefined ? 'method' : plain((call) => run(call, decoded(id)));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
