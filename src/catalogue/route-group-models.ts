import { z } from 'zod';
import { pageOf, type Route, route } from '../http/index.ts';
import {
  type AliasView,
  addAlias,
  addGroupModels,
  listAliases,
  listGroupModels,
  removeAlias,
  removeGroupModel,
  setAlias,
  setGroupModels,
} from './group-models.ts';
import { catalogueProblems, problem } from './problems.ts';
import { listQuery, pageAnswer, pageOfQuery, putQuery, type RouteParts } from './route-shapes.ts';

const aliasShape = z.object({ group: z.string(), alias: z.string(), model: z.string() }).meta({ id: 'Alias' });
const groupModelsShape = z.object({ group: z.string(), models: z.array(z.string()) }).meta({ id: 'GroupModels' });

const problems = catalogueProblems;
const byGroup = z.object({ group: z.string() });

export function groupModelRoutes({ pool }: RouteParts): readonly Route[] {
  const path = '/admin/v1/groups/{group}/models';
  const byModel = z.object({ group: z.string(), model: z.string() });
  const shown = async (group: string) => ({ group, models: await listGroupModels(pool, group) });
  return [
    route({
      method: 'GET',
      path,
      summary: 'Show the models of a group, in their order',
      access: 'staff:catalogue.read',
      params: byGroup,
      responses: { 200: groupModelsShape },
      problems,
      handle: async (_context, { params }) => ({ status: 200, body: await shown(params.group) }),
    }),
    route({
      method: 'PUT',
      path,
      summary: 'Set the models of a group and their order',
      access: 'staff:catalogue.write',
      params: byGroup,
      body: z.object({ models: z.array(z.string()).max(2_000) }),
      responses: { 200: groupModelsShape },
      problems,
      async handle({ actor }, { params, body }) {
        await setGroupModels(pool, actor, params.group, body.models);
        return { status: 200, body: await shown(params.group) };
      },
    }),
    route({
      method: 'PUT',
      path: `${path}/{model}`,
      summary: 'Add a model to the end of a group',
      access: 'staff:catalogue.write',
      params: byModel,
      responses: { 200: groupModelsShape },
      problems,
      async handle({ actor }, { params }) {
        await addGroupModels(pool, actor, params.group, [params.model]);
        return { status: 200, body: await shown(params.group) };
      },
    }),
    route({
      method: 'DELETE',
      path: `${path}/{model}`,
      summary: 'Take a model off a group',
      access: 'staff:catalogue.write',
      params: byModel,
      responses: { 204: null },
      problems,
      async handle({ actor }, { params }) {
        await removeGroupModel(pool, actor, params.group, params.model);
        return { status: 204, body: null };
      },
    }),
  ];
}

export function aliasRoutes({ pool }: RouteParts): readonly Route[] {
  const path = '/admin/v1/groups/{group}/aliases';
  const byAlias = z.object({ group: z.string(), alias: z.string() });
  return [
    route({
      method: 'GET',
      path,
      summary: 'List the aliases of a group',
      access: 'staff:catalogue.read',
      params: byGroup,
      query: listQuery,
      responses: { 200: pageOf(aliasShape) },
      problems,
      async handle(_context, { params, query }) {
        const aliases = await listAliases(pool, params.group, pageOfQuery(query));
        return { status: 200, body: pageAnswer(aliases, query.limit, (each) => each.alias, aliasItem) };
      },
    }),
    route({
      method: 'PUT',
      path: `${path}/{alias}`,
      summary: 'Make a familiar name lead to a model of the group',
      access: 'staff:catalogue.write',
      params: byAlias,
      query: putQuery,
      body: z.object({ model: z.string() }),
      responses: { 200: aliasShape },
      problems,
      async handle({ actor }, { params, query, body }) {
        const alias = { groupId: params.group, alias: params.alias, modelId: body.model };
        if (query.expect === 'existing') await requireAlias(alias);
        await (query.expect === 'new' ? addAlias(pool, actor, alias) : setAlias(pool, actor, alias));
        return { status: 200, body: aliasItem(alias) };
      },
    }),
    route({
      method: 'DELETE',
      path: `${path}/{alias}`,
      summary: 'Remove an alias',
      access: 'staff:catalogue.write',
      params: byAlias,
      responses: { 204: null },
      problems,
      async handle({ actor }, { params }) {
        await removeAlias(pool, actor, params.group, params.alias);
        return { status: 204, body: null };
      },
    }),
  ];

  async function requireAlias({ groupId, alias }: AliasView): Promise<void> {
    const { rows } = await pool.query('select from aliases where group_id = $1 and alias = $2', [groupId, alias]);
    if (rows.length === 0) throw problem('alias_not_found', `The group ${groupId} has no alias "${alias}".`);
  }
}

function aliasItem(view: AliasView) {
  return { group: view.groupId, alias: view.alias, model: view.modelId };
}
