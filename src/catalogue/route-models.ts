import { z } from 'zod';
import { pageOf, type Route, route } from '../http/index.ts';
import {
  addModel,
  getModel,
  listModels,
  type ModelChange,
  type ModelView,
  modelNotFound,
  modelPlace,
  removeModel,
  setModel,
} from './model-store.ts';
import { catalogueProblems } from './problems.ts';
import {
  listQuery,
  orNull,
  pageAnswer,
  pageOfQuery,
  put,
  putQuery,
  type RouteParts,
  timeShape,
  timeText,
} from './route-shapes.ts';

const modeShape = z.enum(['chat', 'completion', 'embedding', 'image', 'audio', 'moderation']);

const modelShape = z
  .object({
    vendor: z.string(),
    id: z.string(),
    display_name: z.string(),
    mode: modeShape,
    released_at: timeShape,
    max_input_tokens: z.int().nullable(),
    max_output_tokens: z.int().nullable(),
    inputs: z.array(z.string()),
    outputs: z.array(z.string()),
  })
  .meta({ id: 'Model' });

const modelBody = z.object({
  display_name: z.string().optional(),
  mode: modeShape.optional(),
  released_at: timeShape.optional(),
  max_input_tokens: z.int().nullable().optional(),
  max_output_tokens: z.int().nullable().optional(),
  inputs: z.array(z.string()).optional(),
  outputs: z.array(z.string()).optional(),
});

const problems = catalogueProblems;
const byModel = z.object({ vendor: z.string(), model: z.string() });
const path = '/admin/v1/models/{vendor}/{model}';

export function modelRoutes({ pool }: RouteParts): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/models',
      summary: 'List the models',
      access: 'staff:catalogue.read',
      query: listQuery.extend({ vendor: z.string().optional() }),
      responses: { 200: pageOf(modelShape) },
      async handle(_context, { query }) {
        const models = await listModels(pool, { ...pageOfQuery(query), vendorId: query.vendor });
        return { status: 200, body: pageAnswer(models, query.limit, modelPlace, modelItem) };
      },
    }),
    route({
      method: 'GET',
      path,
      summary: 'Show a model',
      access: 'staff:catalogue.read',
      params: byModel,
      responses: { 200: modelShape },
      problems,
      async handle(_context, { params }) {
        return { status: 200, body: modelItem(await getModel(pool, params.vendor, params.model)) };
      },
    }),
    route({
      method: 'PUT',
      path,
      summary: 'Make or change a model; members left out stay as they are',
      access: 'staff:catalogue.write',
      params: byModel,
      query: putQuery,
      body: modelBody,
      responses: { 200: modelShape, 201: modelShape },
      problems,
      async handle({ actor }, { params: { vendor, model }, query, body }) {
        const values: ModelChange = {
          displayName: body.display_name,
          mode: body.mode,
          releasedAtMs: body.released_at === undefined ? undefined : Date.parse(body.released_at),
          maxInputTokens: body.max_input_tokens,
          maxOutputTokens: body.max_output_tokens,
          inputs: body.inputs,
          outputs: body.outputs,
        };
        const change = () => orNull(setModel(pool, actor, vendor, model, values), 'model_not_found');
        const add = () => addModel(pool, actor, { ...values, vendorId: vendor, id: model });
        const { status, view } = await put(query.expect, { change, add }, () => modelNotFound(vendor, model));
        return { status, body: modelItem(view) };
      },
    }),
    route({
      method: 'DELETE',
      path,
      summary: 'Remove a model that no group lists',
      access: 'staff:catalogue.write',
      params: byModel,
      responses: { 204: null },
      problems,
      async handle({ actor }, { params }) {
        await removeModel(pool, actor, params.vendor, params.model);
        return { status: 204, body: null };
      },
    }),
  ];
}

function modelItem(view: ModelView) {
  return {
    vendor: view.vendorId,
    id: view.id,
    display_name: view.displayName,
    mode: view.mode,
    released_at: timeText(view.releasedAtMs),
    max_input_tokens: view.maxInputTokens,
    max_output_tokens: view.maxOutputTokens,
    inputs: [...view.inputs],
    outputs: [...view.outputs],
  };
}
