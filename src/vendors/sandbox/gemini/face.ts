import type { Call } from '../call.ts';
import { newId } from '../ids.ts';
import type { VendorFace } from '../vendor.ts';
import { problemObject } from './problems.ts';
import { route } from './routes.ts';

const fixedHeaders = {
  server: 'scaffolding on HTTPServer2',
  vary: 'Origin, X-Origin, Referer',
  'x-xss-protection': '0',
  'x-frame-options': 'SAMEORIGIN',
  'x-content-type-options': 'nosniff',
  'x-goog-quota-project': 'sandbox-project',
  'set-cookie': ['NID=sandbox-account-cookie; path=/; Secure; HttpOnly'],
  'alt-svc': 'h3=":443"; ma=2592000',
};

export const gemini: VendorFace = {
  name: 'gemini',
  newRequestId: () => newId('g'),
  headers: (call: Call) => ({
    ...fixedHeaders,
    // The real vendor names a call only in its body (`responseId`); the count needs an id for every call.
    'x-goog-request-id': call.requestId,
    'server-timing': `gfet4t7; dur=${call.elapsedMs}`,
  }),
  problemHeaders: () => ({}),
  problem(problem) {
    const { status, error, name } = problemObject(problem);
    return { status, body: JSON.stringify({ error }, null, 2), error: name };
  },
  credential(req, query) {
    const key = req.headers['x-goog-api-key'];
    if (typeof key === 'string' && key !== '') return key;
    const header = req.headers.authorization;
    if (header?.slice(0, 7).toLowerCase() === 'bearer ') return header.slice(7).trim();
    return query.get('key');
  },
  route,
};
