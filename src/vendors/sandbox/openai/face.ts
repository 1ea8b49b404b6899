import type { Call } from '../call.ts';
import { newId } from '../ids.ts';
import type { VendorFace } from '../vendor.ts';
import { problemObject } from './problems.ts';
import { route } from './routes.ts';

const fixedHeaders = {
  server: 'cloudflare',
  'openai-organization': 'sandbox-organization',
  'openai-project': 'proj_sandbox',
  'openai-version': '2020-10-01',
  'x-ratelimit-limit-requests': '10000',
  'x-ratelimit-limit-tokens': '2000000',
  'x-ratelimit-remaining-requests': '9999',
  'x-ratelimit-remaining-tokens': '1999000',
  'x-ratelimit-reset-requests': '6ms',
  'x-ratelimit-reset-tokens': '30ms',
  'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
  'x-content-type-options': 'nosniff',
  'cf-cache-status': 'DYNAMIC',
  'alt-svc': 'h3=":443"; ma=86400',
} as const;

export const openai: VendorFace = {
  name: 'openai',
  newRequestId: () => newId('req_'),
  headers: (call: Call) => ({
    ...fixedHeaders,
    'x-request-id': call.requestId,
    'openai-processing-ms': String(call.elapsedMs),
    'set-cookie': [
      '__cf_bm=sandbox-account-cookie; path=/; HttpOnly; Secure',
      '_cfuvid=sandbox-visitor; path=/; HttpOnly',
    ],
    'cf-ray': `${call.requestId.slice(-16)}-TXL`,
  }),
  problemHeaders: (status) => (status === 401 ? { 'www-authenticate': 'Bearer realm="OpenAI API"' } : {}),
  problem(problem) {
    const { status, error } = problemObject(problem);
    return { status, body: JSON.stringify({ error }, null, 2), error: String(error['code'] ?? error['type']) };
  },
  credential(req) {
    const header = req.headers.authorization;
    return header?.slice(0, 7).toLowerCase() === 'bearer ' ? header.slice(7).trim() : null;
  },
  route: (method, path) => (path === '/v1' || path.startsWith('/v1/') ? route(method, path.slice(3)) : null),
};
