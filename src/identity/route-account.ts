import { z } from 'zod';
import { decodeCursor, encodeCursor, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import { changeProfile, deleteAccount } from './account.ts';
import { endActing } from './acting.ts';
import { confirmProblems } from './confirm.ts';
import { setCookie } from './cookies.ts';
import type { Core } from './core.ts';
import { listSessions, listSignIns, revokeOthers, revokeSession } from './sessions.ts';
import { idField, localeField, nameField, passwordField } from './shapes.ts';
import { deviceWords } from './user-agent.ts';

const sessionSchema = z.object({
  id: z.string(),
  current: z.boolean().describe('The one that asks.'),
  method: z.string().nullable().describe('How it began: password, totp, recovery_code, passkey, sso, link.'),
  device: z.string().nullable().describe('Such as "Firefox on Windows".'),
  ip_address: z.string().nullable(),
  created_at: z.iso.datetime(),
  last_used_at: z.iso.datetime().describe('To within ten minutes.'),
  expires_at: z.iso.datetime(),
});

const signInSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  method: z.string(),
  outcome: z.enum(['passed', 'wrong_password', 'wrong_code', 'disabled', 'throttled']),
  device: z.string().nullable(),
  new_device: z.boolean(),
  ip_address: z.string().nullable(),
});

/** `[microseconds since 1970, id]`. */
const placeSchema = z.tuple([z.int().min(0), z.string().max(100)]);

export function accountRoutes(core: Core): readonly Route[] {
  return [...selfRoutes(core), ...sessionListRoutes(core)];
}

function selfRoutes(core: Core): Route[] {
  return [
    route({
      method: 'PATCH',
      path: '/control/v1/account',
      summary: 'Change your name, language or time zone',
      access: 'account',
      body: z.object({
        name: nameField.optional(),
        locale: localeField.optional(),
        time_zone: z.string().max(100).nullable().optional().describe('IANA name; null: that of the viewer.'),
      }),
      responses: { 204: null },
      async handle(context, { body }) {
        await changeProfile(core, context, body);
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/delete',
      summary: 'Delete your account, which is final',
      access: 'account',
      body: z.object({
        email: z.string().max(254).describe('Your address, typed to be sure.'),
        password: passwordField.optional(),
      }),
      responses: { 204: null },
      problems: { ...confirmProblems, account_owns_organizations: 409, last_admin: 409 },
      async handle(context, { body }) {
        await deleteAccount(core, context, body.email.trim().toLowerCase(), body.password);
        const gone = setCookie('session_token', '', core.secure(), 0);
        return { status: 204, body: null, headers: { 'set-cookie': gone } };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/acting/end',
      summary: 'Stop looking with a customer’s eyes',
      access: 'account',
      whileActing: true,
      responses: { 204: null },
      async handle(context) {
        await endActing(core, context);
        return { status: 204, body: null };
      },
    }),
  ];
}

function sessionListRoutes(core: Core): Route[] {
  return [
    route({
      method: 'GET',
      path: '/control/v1/account/sessions',
      summary: 'List your sessions',
      access: 'account',
      responses: { 200: z.object({ data: z.array(sessionSchema) }) },
      async handle({ person }) {
        const rows = await listSessions(core, person);
        const data = rows.map(({ id, method, device, ip_address, ...times }) => ({
          id,
          current: id === person.sessionId,
          method,
          device,
          ip_address,
          created_at: times.created_at.toISOString(),
          last_used_at: times.updated_at.toISOString(),
          expires_at: times.expires_at.toISOString(),
        }));
        return { status: 200, body: { data } };
      },
    }),
    route({
      method: 'DELETE',
      path: '/control/v1/account/sessions/{session}',
      summary: 'End one of your sessions',
      access: 'account',
      params: z.object({ session: idField }),
      responses: { 204: null },
      problems: { session_not_found: 404 },
      async handle(context, { params }) {
        await revokeSession(core, context, params.session);
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/account/sessions/revoke-others',
      summary: 'End all your sessions but this one',
      access: 'account',
      responses: { 200: z.object({ ended: z.int() }) },
      handle: async (context) => ({ status: 200, body: { ended: await revokeOthers(core, context) } }),
    }),
    route({
      method: 'GET',
      path: '/control/v1/account/sign-ins',
      summary: 'List sign-ins and failed tries, newest first',
      access: 'account',
      query: z.object(pageQuery),
      responses: { 200: pageOf(signInSchema) },
      async handle({ person }, { query }) {
        const [atUs, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, placeSchema);
        const after = atUs === undefined || id === undefined ? null : { atUs, id };
        const { entries, next } = await listSignIns(core, person.accountId, { limit: query.limit, after });
        const data = entries.map((entry) => ({
          id: entry.id,
          at: entry.at.toISOString(),
          method: entry.method,
          outcome: entry.outcome as z.input<typeof signInSchema>['outcome'],
          device: deviceWords(entry.user_agent),
          new_device: entry.new_device,
          ip_address: entry.ip_address,
        }));
        return { status: 200, body: { data, next_cursor: next && encodeCursor([next.atUs, next.id]) } };
      },
    }),
  ];
}
