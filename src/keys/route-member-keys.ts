import { z } from 'zod';
import { InputError, pageOf, type Route, route } from '../http/index.ts';
import type { NewKeyInput } from './input.ts';
import { changeBody, changeOf, createdSchema, keyBody, keySchema, newBody } from './json.ts';
import { filterOf, keyListQuery, pageBody } from './list-query.ts';
import { keyProblems, keyProblemsOf } from './problems.ts';
import { type KeyScope, scopeOfMember } from './scope.ts';
import type { KeyStore } from './store.ts';

const keysPath = '/control/v1/organizations/{organization}/keys';
const keyPath = `${keysPath}/{key}` as const;
const inOrganization = z.object({ organization: z.string() });
const ofKey = z.object({ organization: z.string(), key: z.string().describe('Id or public prefix.') });
const forMembers = 'customer' as const;

const id = z.string().min(1).max(64);
const memberNewBody = newBody.extend({
  owner: z
    .enum(['member', 'project', 'organization'])
    .optional()
    .describe('Whose key it is. Absent: the project’s when one is named, otherwise your own.'),
  account_id: id.optional().describe('The member whose key it is. Absent: you.'),
  project_id: id.optional().describe('What its spend is booked to. A key of a project needs it.'),
});

const reasonBody = z
  .strictObject({
    reason: z.string().trim().max(500).optional().describe('Needed for somebody else’s key: they are told.'),
  })
  .optional();

/** Keys as the members of an organization manage them, each as far as their permission reaches. */
export function memberKeyRoutes(store: KeyStore): readonly Route[] {
  return [...listAndCreate(store), ...readAndChange(store), ...moves(store)];
}

function listAndCreate(store: KeyStore): Route[] {
  return [
    route({
      method: 'GET',
      path: keysPath,
      summary: 'List the keys that you may see',
      access: 'organization:keys.read',
      params: inOrganization,
      query: keyListQuery,
      responses: { 200: pageOf(keySchema) },
      async handle(context, { query }) {
        const page = await store.list(scopeOfMember(context), filterOf(query));
        return { status: 200, body: pageBody(page, query.sort, forMembers) };
      },
    }),
    route({
      method: 'POST',
      path: keysPath,
      summary: 'Create a key; its secret is in this answer and nowhere else',
      access: 'organization:keys.write',
      params: inOrganization,
      body: memberNewBody,
      responses: { 201: createdSchema },
      problems: keyProblems,
      async handle(context, { body }) {
        const input = newKeyOf(body, context.person.accountId);
        const { organizationId, actor } = context;
        const { key, secret } = await store.create(organizationId, scopeOfMember(context), input, actor);
        return { status: 201, body: { key: keyBody(key, forMembers), secret } };
      },
    }),
  ];
}

function readAndChange(store: KeyStore): Route[] {
  return [
    route({
      method: 'GET',
      path: keyPath,
      summary: 'Show a key',
      access: 'organization:keys.read',
      params: ofKey,
      responses: { 200: keySchema },
      problems: keyProblemsOf('key_not_found'),
      handle: async (context, { params }) => ({
        status: 200,
        body: keyBody(await store.show(scopeOfMember(context), params.key), forMembers),
      }),
    }),
    route({
      method: 'PATCH',
      path: keyPath,
      summary: 'Change a key: name, note, expiry, models, limits',
      access: 'organization:keys.write',
      params: ofKey,
      body: changeBody,
      responses: { 200: keySchema },
      problems: keyProblemsOf('key_not_found', 'key_deleted', 'model_not_in_group', 'key_input_invalid'),
      handle: async (context, { params, body }) => ({
        status: 200,
        body: keyBody(await store.set(scopeOfMember(context), params.key, changeOf(body), context.actor), forMembers),
      }),
    }),
    route({
      method: 'DELETE',
      path: keyPath,
      summary: 'Delete a key, which is final',
      access: 'organization:keys.write',
      params: ofKey,
      responses: { 200: keySchema },
      problems: keyProblemsOf('key_not_found'),
      handle: async (context, { params }) => ({
        status: 200,
        body: keyBody(await store.delete(scopeOfMember(context), params.key, context.actor), forMembers),
      }),
    }),
  ];
}

function moves(store: KeyStore): Route[] {
  return [
    route({
      method: 'POST',
      path: `${keyPath}/disable`,
      summary: 'Put a key out of use, from its next request on',
      access: 'organization:keys.write',
      params: ofKey,
      body: reasonBody,
      responses: { 200: keySchema },
      problems: keyProblemsOf('key_not_found', 'key_deleted'),
      async handle(context, { params, body }) {
        const scope = scopeOfMember(context);
        const reason = body?.reason || null;
        if (reason === null) await refuseWithoutReason(store, scope, params.key);
        const key = await store.disable(scope, params.key, context.actor, reason);
        return { status: 200, body: keyBody(key, forMembers) };
      },
    }),
    route({
      method: 'POST',
      path: `${keyPath}/enable`,
      summary: 'Put a disabled key back into use',
      access: 'organization:keys.write',
      params: ofKey,
      responses: { 200: keySchema },
      problems: keyProblemsOf('key_not_found', 'key_deleted', 'key_disabled_by_other'),
      handle: async (context, { params }) => ({
        status: 200,
        body: keyBody(await store.enable(scopeOfMember(context), params.key, context.actor), forMembers),
      }),
    }),
  ];
}

/** @throws InputError when the key is another member's */
async function refuseWithoutReason(store: KeyStore, scope: KeyScope, reference: string): Promise<void> {
  const { accountId } = await store.show(scope, reference);
  if (accountId === null || accountId === scope.member?.accountId) return;
  throw new InputError([{ field: 'body.reason', message: 'say why: the owner of the key is told' }]);
}

/** @throws InputError */
function newKeyOf(body: z.output<typeof memberNewBody>, callerId: string): NewKeyInput {
  const { name, group: groupId, project_id: projectId, account_id: accountId } = body;
  const owner = body.owner ?? (accountId === undefined && projectId !== undefined ? 'project' : 'member');
  const refuse = (field: string, message: string): never => {
    throw new InputError([{ field: `body.${field}`, message }]);
  };
  if (owner === 'project' && projectId === undefined) refuse('project_id', 'name the project whose key it is');
  if (owner !== 'member' && accountId !== undefined) refuse('account_id', 'only a member’s key has one');
  if (owner === 'organization' && projectId !== undefined) refuse('project_id', 'the organization’s own key has none');
  const whose = owner === 'member' ? (accountId ?? callerId) : null;
  return { ...changeOf(body), name, groupId, projectId, accountId: whose };
}
