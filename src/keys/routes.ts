import { z } from 'zod';
import { decodeCursor, encodeCursor, type ProblemTable, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import { changeBody, changeOf, createdSchema, keyBody, keySchema, newBody } from './json.ts';
import type { KeyPlace } from './list.ts';
import { type KeyStore, siteOrganizationId } from './store.ts';

const keyParams = z.object({ key: z.string().describe('Id or public prefix.') });
const keyProblems = {
  key_not_found: 404,
  key_deleted: 409,
  key_input_invalid: 400,
  group_not_found: 404,
  model_not_in_group: 404,
} as const satisfies ProblemTable;
const only = <Code extends keyof typeof keyProblems>(...codes: Code[]): ProblemTable =>
  Object.fromEntries(codes.map((code) => [code, keyProblems[code]]));

/** `[created_at in microseconds, id]`. */
const placeSchema = z.tuple([
  z.int().min(0),
  z
    .string()
    .max(100)
    .regex(/^[^\0]*$/),
]);

/** The admin API of keys. All belong to the site's own account until there are others. */
export function keyRoutes(store: KeyStore): readonly Route[] {
  return [...collectionRoutes(store), ...memberRoutes(store)];
}

function collectionRoutes(store: KeyStore): Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/keys',
      summary: 'List keys, newest first',
      access: 'staff:keys.read',
      query: z.object({
        ...pageQuery,
        group: z
          .string()
          .max(63)
          .regex(/^[^\0]*$/)
          .optional(),
        state: z.enum(['enabled', 'disabled', 'deleted', 'expired', 'all']).optional().describe('Absent: not deleted.'),
        search: z.string().max(100).optional().describe('Part of a name, note or prefix.'),
      }),
      responses: { 200: pageOf(keySchema) },
      async handle(_context, { query }) {
        const after = query.cursor === undefined ? undefined : placeOf(decodeCursor(query.cursor, placeSchema));
        const { group: groupId, state, search, limit } = query;
        const { keys, next } = await store.list(siteOrganizationId, { groupId, state, search, limit, after });
        const cursor = next === null ? null : encodeCursor([next.createdAtUs, next.id]);
        return { status: 200, body: { data: keys.map(keyBody), next_cursor: cursor } };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/v1/keys',
      summary: 'Create a key',
      access: 'staff:keys.write',
      body: newBody,
      responses: { 201: createdSchema },
      problems: only('group_not_found', 'model_not_in_group', 'key_input_invalid'),
      async handle(_context, { body }) {
        const { name, group: groupId, project_id: projectId } = body;
        const input = { ...changeOf(body), name, groupId, projectId };
        const { key, secret } = await store.create(siteOrganizationId, input);
        return { status: 201, body: { key: keyBody(key), secret } };
      },
    }),
  ];
}

function memberRoutes(store: KeyStore): Route[] {
  const act = (verb: 'enable' | 'disable', summary: string): Route =>
    route({
      method: 'POST',
      path: `/admin/v1/keys/{key}/${verb}`,
      summary,
      access: 'staff:keys.write',
      params: keyParams,
      responses: { 200: keySchema },
      problems: only('key_not_found', 'key_deleted'),
      handle: async (_context, { params }) => ({
        status: 200,
        body: keyBody(await store[verb](siteOrganizationId, params.key)),
      }),
    });
  return [
    route({
      method: 'GET',
      path: '/admin/v1/keys/{key}',
      summary: 'Show a key',
      access: 'staff:keys.read',
      params: keyParams,
      responses: { 200: keySchema },
      problems: only('key_not_found'),
      handle: async (_context, { params }) => ({
        status: 200,
        body: keyBody(await store.show(siteOrganizationId, params.key)),
      }),
    }),
    route({
      method: 'PATCH',
      path: '/admin/v1/keys/{key}',
      summary: 'Change a key: name, note, expiry, models, limits',
      access: 'staff:keys.write',
      params: keyParams,
      body: changeBody,
      responses: { 200: keySchema },
      problems: only('key_not_found', 'key_deleted', 'model_not_in_group', 'key_input_invalid'),
      handle: async (_context, { params, body }) => ({
        status: 200,
        body: keyBody(await store.set(siteOrganizationId, params.key, changeOf(body))),
      }),
    }),
    act('disable', 'Put a key out of use, from its next request on'),
    act('enable', 'Put a disabled key back into use'),
    route({
      method: 'DELETE',
      path: '/admin/v1/keys/{key}',
      summary: 'Delete a key, which is final',
      access: 'staff:keys.write',
      params: keyParams,
      responses: { 200: keySchema },
      problems: only('key_not_found'),
      handle: async (_context, { params }) => ({
        status: 200,
        body: keyBody(await store.delete(siteOrganizationId, params.key)),
      }),
    }),
  ];
}

function placeOf([createdAtUs, id]: readonly [number, string]): KeyPlace {
  return { createdAtUs, id };
}
