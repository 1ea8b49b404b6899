import { z } from 'zod';
import { type OrganizationContext, pageOf, type Route, route } from '../http/index.ts';
import { wordsOf } from './explain-words.ts';
import { type Scope, scopeOf } from './reach.ts';
import { answerList, requireRequest } from './request-lists.ts';
import { readRequestNames } from './request-names.ts';
import { requestBody, requestDetailBody, requestDetailSchema, requestSchema } from './request-view.ts';
import { locale, type ReadingOptions, requestListExtras, requestListQuery, text, timeOf } from './route-shapes.ts';
import { keyIdsOf } from './usage-filters.ts';

const base = '/control/v1/organizations/{organization}';

const listQuery = z.object({
  ...requestListQuery,
  key: text.optional().describe('Id or public prefix.'),
  project: text.optional(),
});

/** An organization's requests: the live list, and one of them explained. */
export function requestRoutes(options: ReadingOptions): readonly Route[] {
  return [listRoute(options), showRoute(options)];
}

function listRoute(options: ReadingOptions): Route {
  const { pool } = options.database;
  return route({
    method: 'GET',
    path: `${base}/requests`,
    summary: 'List requests, newest first',
    access: 'organization:requests.read',
    params: z.object({ organization: text }),
    query: listQuery,
    responses: { 200: pageOf(requestSchema).extend(requestListExtras) },
    problems: { request_search_too_wide: 422, request_id_invalid: 400 },
    async handle(context, { query }) {
      const { key, project, status, code, model, tool, outcome, since, until } = query;
      const scope = await requestScope(options, context);
      const [keyId] = key === undefined ? [] : await keyIdsOf(pool, context.organizationId, [key]);
      const { requests, ...extras } = await answerList(options, {
        filters: {
          scope,
          keyId,
          projectId: project,
          status,
          code,
          model,
          tool,
          outcome,
          minDurationMs: query.min_duration_ms,
          sinceMs: timeOf(since),
          untilMs: timeOf(until),
        },
        id: query.id,
        limit: query.limit,
        cursor: query.cursor,
        newerThan: query.newer_than,
      });
      const namesOf = await readRequestNames(pool, context.organizationId, requests);
      const data = requests.map((facts) => requestBody(facts, namesOf(facts)));
      return { status: 200, body: { data, ...extras } };
    },
  });
}

function showRoute(options: ReadingOptions): Route {
  return route({
    method: 'GET',
    path: `${base}/requests/{id}`,
    summary: 'Show and explain a request',
    access: 'organization:requests.read',
    params: z.object({ organization: text, id: text.describe('The X-Request-Id of its answer.') }),
    query: z.object({ locale: locale.describe('Language of the explanation.') }),
    responses: { 200: requestDetailSchema },
    problems: { request_id_invalid: 400, request_not_found: 404 },
    async handle(context, { params, query }) {
      const facts = await requireRequest(options, params.id, await requestScope(options, context));
      const namesOf = await readRequestNames(options.database.pool, context.organizationId, [facts]);
      return { status: 200, body: requestDetailBody(facts, namesOf(facts), wordsOf(query.locale)) };
    },
  });
}

function requestScope({ database }: ReadingOptions, context: OrganizationContext): Promise<Scope> {
  const { organizationId, reach, person } = context;
  return scopeOf(database.pool, organizationId, reach.get('requests.read'), person.accountId);
}
