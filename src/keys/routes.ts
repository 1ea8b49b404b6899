import { z } from 'zod';
import { siteOrganizationId } from '../base/site-organization.ts';
import { pageOf, type Route, route } from '../http/index.ts';
import { changeBody, changeOf, createdSchema, keyBody, keySchema, newBody } from './json.ts';
import { filterOf, keyListQuery, pageBody } from './list-query.ts';
import { keyProblemsOf } from './problems.ts';
import { leakRoutes } from './route-leak.ts';
import { memberKeyRoutes } from './route-member-keys.ts';
import { type KeyReportRouteOptions, keyReportRoutes } from './route-reported.ts';
import { everyKey, keysOf } from './scope.ts';
import type { KeyStore } from './store.ts';

const keyParams = z.object({ key: z.string().describe('Id or public prefix.') });
const organizationId = z.string().min(1).max(64);
const byStaff = 'staff' as const;

export { type KeyReportRouteOptions, keyReportRoutes };

/** Staff's API of keys, which sees those of every organization. */
export function keyRoutes(store: KeyStore): readonly Route[] {
  return [...collectionRoutes(store), ...singleRoutes(store)];
}

/** The API of keys inside an organization. */
export function organizationKeyRoutes(store: KeyStore): readonly Route[] {
  return [...memberKeyRoutes(store), ...leakRoutes(store)];
}

function collectionRoutes(store: KeyStore): Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/keys',
      summary: 'List keys, newest first',
      access: 'staff:keys.read',
      query: keyListQuery.extend({
        organization: organizationId.default(siteOrganizationId).describe('Its id, or `all`. Absent: the site’s own.'),
      }),
      responses: { 200: pageOf(keySchema) },
      async handle(_context, { query: { organization, ...query } }) {
        const scope = organization === 'all' ? everyKey : keysOf(organization);
        const page = await store.list(scope, filterOf(query));
        return { status: 200, body: pageBody(page, query.sort, byStaff) };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/v1/keys',
      summary: 'Create a key',
      access: 'staff:keys.write',
      body: newBody.extend({
        organization: organizationId.default(siteOrganizationId).describe('Absent: the site’s own.'),
        project_id: organizationId.optional().describe('What its spend is booked to.'),
        account_id: organizationId.optional().describe('The member whose key it is.'),
      }),
      responses: { 201: createdSchema },
      problems: keyProblemsOf(
        'group_not_found',
        'model_not_in_group',
        'key_input_invalid',
        'key_limit_reached',
        'project_not_found',
        'project_archived',
        'member_not_found',
        'organization_not_found',
      ),
      async handle({ actor }, { body }) {
        const { name, group: groupId, organization, project_id: projectId, account_id: accountId } = body;
        const input = { ...changeOf(body), name, groupId, projectId, accountId };
        const { key, secret } = await store.create(organization, keysOf(organization), input, actor);
        return { status: 201, body: { key: keyBody(key, byStaff), secret } };
      },
    }),
  ];
}

function singleRoutes(store: KeyStore): Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/keys/{key}',
      summary: 'Show a key',
      access: 'staff:keys.read',
      params: keyParams,
      responses: { 200: keySchema },
      problems: keyProblemsOf('key_not_found'),
      handle: async (_context, { params }) => ({
        status: 200,
        body: keyBody(await store.show(everyKey, params.key), byStaff),
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
      problems: keyProblemsOf('key_not_found', 'key_deleted', 'model_not_in_group', 'key_input_invalid'),
      handle: async ({ actor }, { params, body }) => ({
        status: 200,
        body: keyBody(await store.set(everyKey, params.key, changeOf(body), actor), byStaff),
      }),
    }),
    route({
      method: 'POST',
      path: '/admin/v1/keys/{key}/disable',
      summary: 'Put a key out of use, from its next request on',
      access: 'staff:keys.write',
      params: keyParams,
      body: z.strictObject({ reason: z.string().trim().max(500).optional() }).optional(),
      responses: { 200: keySchema },
      problems: keyProblemsOf('key_not_found', 'key_deleted'),
      handle: async ({ actor }, { params, body }) => ({
        status: 200,
        body: keyBody(await store.disable(everyKey, params.key, actor, body?.reason || null), byStaff),
      }),
    }),
    route({
      method: 'POST',
      path: '/admin/v1/keys/{key}/enable',
      summary: 'Put a disabled key back into use',
      access: 'staff:keys.write',
      params: keyParams,
      responses: { 200: keySchema },
      problems: keyProblemsOf('key_not_found', 'key_deleted'),
      handle: async ({ actor }, { params }) => ({
        status: 200,
        body: keyBody(await store.enable(everyKey, params.key, actor), byStaff),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/admin/v1/keys/{key}',
      summary: 'Delete a key, which is final',
      access: 'staff:keys.write',
      params: keyParams,
      responses: { 200: keySchema },
      problems: keyProblemsOf('key_not_found'),
      handle: async ({ actor }, { params }) => ({
        status: 200,
        body: keyBody(await store.delete(everyKey, params.key, actor), byStaff),
      }),
    }),
  ];
}
