import type { Call } from '../call.ts';
import { newId } from '../ids.ts';
import type { VendorFace } from '../vendor.ts';
import { problemBody } from './problems.ts';
import { route } from './routes.ts';

const fixedHeaders = {
  server: 'cloudflare',
  'anthropic-organization-id': '00000000-0000-4000-8000-5a4db0c5a4db',
  'anthropic-ratelimit-requests-limit': '4000',
  'anthropic-ratelimit-requests-remaining': '3999',
  'anthropic-ratelimit-input-tokens-limit': '2000000',
  'anthropic-ratelimit-input-tokens-remaining': '1999000',
  'anthropic-ratelimit-output-tokens-limit': '400000',
  'anthropic-ratelimit-output-tokens-remaining': '399000',
  'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
  via: '1.1 google',
  'cf-cache-status': 'DYNAMIC',
  'x-robots-tag': 'none',
} as const;

export const anthropic: VendorFace = {
  name: 'anthropic',
  newRequestId: () => newId('req_01'),
  headers: (call: Call) => ({
    ...fixedHeaders,
    'request-id': call.requestId,
    'anthropic-ratelimit-requests-reset': new Date(Date.now() + 1000).toISOString(),
    'set-cookie': ['_cfuvid=sandbox-visitor; HttpOnly; SameSite=None; Secure; Path=/'],
    'cf-ray': `${call.requestId.slice(-16)}-TXL`,
  }),
  problemHeaders(status) {
    const again = status === 408 || status === 409 || status === 429 || status >= 500;
    return { 'x-should-retry': String(again) };
  },
  problem: problemBody,
  credential(req) {
    const key = req.headers['x-api-key'];
    if (typeof key === 'string' && key !== '') return key;
    const header = req.headers.authorization;
    return header?.slice(0, 7).toLowerCase() === 'bearer ' ? header.slice(7).trim() : null;
  },
  route,
};
