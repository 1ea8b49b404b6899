import { z } from 'zod';
import { listAudit, shownEntry } from '../audit/index.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery, type Route, type RouteContext, route } from '../http/index.ts';
import { type CustomerSort, listCustomers, readCustomer } from './customer-list.ts';
import { readCustomerParts } from './customer-page.ts';
import type { Customers } from './customers.ts';
import { customerBody, customerPageShape, customerPartsBody, customerShape } from './json.ts';
import { decideSearch } from './search.ts';
import { customerNotFound, resume, suspend, suspensionProblems } from './suspension.ts';

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/);

/** `[sort, its value, id]`: a cursor of one order means nothing in another. */
const placeShape = z.tuple([z.enum(['created', 'name', 'spend', 'last_request']), text(200), text(100)]);
/** Orders over figures that are reckoned apart. */
const figureSorts: ReadonlySet<CustomerSort> = new Set(['spend', 'last_request']);
const byCustomer = z.object({ organization: text(100) });
const reasonBody = z.object({ reason: text(400).describe('Stands in the customer’s audit log: they can read it.') });
const auditExcerpt = 10;

export function customerRoutes(customers: Customers): readonly Route[] {
  return [listRoute(customers), showRoute(customers), ...stateRoutes(customers)];
}

function listRoute({ pool, clock, figures }: Customers): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/customers',
    summary: 'List the customers, or find one',
    access: 'staff:customers.read',
    query: z.object({
      ...pageQuery,
      search: text(200)
        .optional()
        .describe('Part of a name or mail address; an id; a key or its prefix; a request id.'),
      kind: z.enum(['personal', 'shared']).optional(),
      state: z.enum(['active', 'suspended', 'deleted']).optional().describe('Absent: not deleted.'),
      sort: z
        .enum(['created', 'name', 'spend', 'last_request'])
        .default('created')
        .describe('Newest first, by name, by spend of 30 days, by last request; the last two are up to a minute old.'),
    }),
    responses: { 200: pageOf(customerShape) },
    async handle(_context, { query }) {
      const { kind, state, sort } = query;
      const search = query.search === undefined ? null : decideSearch(query.search);
      const place = query.cursor === undefined ? null : decodeCursor(query.cursor, placeShape);
      const after = place === null || place[0] !== sort ? null : { place: place[1], id: place[2] };
      if (figureSorts.has(sort)) await figures.freshen();
      const { rows, next } = await listCustomers(pool, { search, kind, state, sort }, query.limit, after, clock.now());
      const cursor = next === null ? null : encodeCursor([sort, next.place, next.id]);
      return { status: 200, body: { data: rows.map(customerBody), next_cursor: cursor } };
    },
  });
}

function showRoute({ pool, clock, deviceWords }: Customers): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/customers/{organization}',
    summary: 'Show a customer: members, projects, keys, requests, spend',
    access: 'staff:customers.read',
    params: byCustomer,
    responses: { 200: customerPageShape },
    problems: { customer_not_found: 404 },
    async handle(context, { params: { organization: id } }) {
      const nowMs = clock.now();
      const row = await readCustomer(pool, id, nowMs);
      if (row === null) throw customerNotFound(id);
      const parts = await readCustomerParts(pool, id, nowMs);
      const filter = { organizationId: null, ofOrganization: id };
      const audit = mayReadAudit(context) ? (await listAudit(pool, filter, auditExcerpt, null)).entries : null;
      const entries = audit?.map((entry) => shownEntry(entry, 'staff', deviceWords)) ?? null;
      return { status: 200, body: { ...customerBody(row), ...customerPartsBody(parts), audit: entries } };
    },
  });
}

/** Sales and read-only staff see customers, but not who did what there. */
function mayReadAudit({ caller }: RouteContext): boolean {
  if (caller.kind !== 'person') return caller.kind === 'admin_token';
  const granted = caller.token === null || caller.token.permissions.has('staff:audit.read');
  return granted && caller.staff?.permissions.has('audit.read') === true;
}

function stateRoutes(customers: Customers): readonly Route[] {
  const answer = (state: 'active' | 'suspended') =>
    z.object({ id: z.string(), state: z.literal(state), keys_changed: z.int() });
  return [
    route({
      method: 'POST',
      path: '/admin/v1/customers/{organization}/suspend',
      summary: 'Suspend a customer: its members are shut out, and its keys stop within a second',
      access: 'staff:customers.write',
      params: byCustomer,
      body: reasonBody,
      responses: { 200: answer('suspended') },
      problems: suspensionProblems,
      async handle({ actor }, { params: { organization: id }, body }) {
        return {
          status: 200,
          body: { id, state: 'suspended' as const, keys_changed: await suspend(customers, actor, id, body.reason) },
        };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/v1/customers/{organization}/resume',
      summary: 'End a suspension: the keys that it stopped work again',
      access: 'staff:customers.write',
      params: byCustomer,
      body: reasonBody,
      responses: { 200: answer('active') },
      problems: suspensionProblems,
      async handle({ actor }, { params: { organization: id }, body }) {
        return {
          status: 200,
          body: { id, state: 'active' as const, keys_changed: await resume(customers, actor, id, body.reason) },
        };
      },
    }),
  ];
}
