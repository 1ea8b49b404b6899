import { type Route, route } from '../http/index.ts';
import { cookieName, readCookie, setCookie, signedToken } from './cookies.ts';
import type { Core } from './core.ts';
import { sessionCookie } from './session-open.ts';
import { sessionSchema, sessionView } from './session-view.ts';
import { endSessionOf } from './sign-in-open.ts';

export function sessionRoutes(core: Core): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/control/v1/session',
      summary: 'Show who is signed in and what they may do',
      access: 'account',
      beforePasswordChange: true,
      responses: { 200: sessionSchema },
      async handle({ person, cookies }) {
        const body = await sessionView(core, person);
        return { status: 200, body, headers: { 'set-cookie': prolonged(core, cookies) } };
      },
    }),
    route({
      method: 'DELETE',
      path: '/control/v1/session',
      summary: 'Sign out',
      access: 'public',
      responses: { 204: null },
      async handle({ cookies }) {
        await endSessionOf(core, core.pool, cookies);
        const secure = core.secure();
        const gone = (['session_token', 'dont_remember', 'two_factor'] as const).map((name) =>
          setCookie(name, '', secure, 0),
        );
        return { status: 204, body: null, headers: { 'set-cookie': gone } };
      },
    }),
  ];
}

/** A remembered session lives on with every visit, and so must its cookie. */
function prolonged(core: Core, cookies: string): string[] {
  const secure = core.secure();
  const value = readCookie(cookies, 'session_token', secure);
  const token = value === null ? null : signedToken(value, core.secret);
  if (token === null || cookies.includes(cookieName('dont_remember', secure))) return [];
  return [sessionCookie(core, token, true)];
}
