import { z } from 'zod';
import { type Route, route } from '../http/index.ts';
import type { Core } from './core.ts';
import { finishSso, type Redirect, startSso } from './sso.ts';
import { ssoCallbackPath } from './sso-config.ts';

const answer = ({ location, cookies }: Redirect) =>
  ({ status: 302, body: null, headers: { location, 'set-cookie': cookies } }) as const;

/** For browsers, not for programs: every answer is a redirect, a failure one to `/console/sign-in?problem=<code>`. */
export function ssoRoutes(core: Core): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/control/v1/sign-in/sso',
      summary: 'Go to the identity provider to sign in',
      access: 'public',
      query: z.object({ next: z.string().max(500).optional().describe('Where to go then: a path under /console/.') }),
      responses: { 302: null },
      handle: async (context, { query }) => answer(await startSso(core, context, query.next)),
    }),
    route({
      method: 'GET',
      path: ssoCallbackPath,
      summary: 'Come back from the identity provider',
      access: 'public',
      // Providers add members of their own; those that count are checked by their state.
      query: z.looseObject({ state: z.string().max(1_000).optional(), code: z.string().max(4_000).optional() }),
      responses: { 302: null },
      async handle(context, { query }) {
        const known = ['state', 'code', 'error', 'error_description', 'iss'] as const;
        const texts = known.flatMap((name) => (typeof query[name] === 'string' ? [[name, query[name]]] : []));
        return answer(await finishSso(core, context, Object.fromEntries(texts)));
      },
    }),
  ];
}
