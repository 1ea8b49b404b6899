import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { formatMultiplier, parseMultiplier } from '../base/money.ts';
import { pageOf, type Route, route } from '../http/index.ts';
import { addGroup, type GroupView, getGroup, groupNotFound, listGroups, removeGroup, setGroup } from './group-store.ts';
import { catalogueProblems } from './problems.ts';
import {
  familyShape,
  listQuery,
  needed,
  orNull,
  pageAnswer,
  pageOfQuery,
  put,
  putQuery,
  type RouteParts,
  timeShape,
  timeText,
} from './route-shapes.ts';
import {
  addVendor,
  getVendor,
  listVendors,
  removeVendor,
  setVendor,
  type VendorView,
  vendorNotFound,
} from './vendor-store.ts';

const vendorShape = z
  .object({ id: z.string(), display_name: z.string(), family: familyShape, created_at: timeShape })
  .meta({ id: 'Vendor' });

const groupShape = z
  .object({
    id: z.string(),
    display_name: z.string(),
    vendor: z.string(),
    kind: z.enum(['wallet', 'subscription']),
    multiplier: z.string().describe('What customers pay of the list price: "0.9".'),
    pass_through: z.boolean().describe('Whether paths that are not known to us are relayed too.'),
    enabled: z.boolean(),
    created_at: timeShape,
    updated_at: timeShape,
  })
  .meta({ id: 'Group' });

const multiplier = z.string().refine((text) => parseMultiplier(text) !== null, {
  error: 'must be a number such as "0.9", with at most four places',
});

const problems = { ...catalogueProblems, vendor_family_fixed: 409, group_vendor_fixed: 409 };
const byVendor = z.object({ vendor: z.string() });
const byGroup = z.object({ group: z.string() });

export function vendorRoutes({ pool }: RouteParts): readonly Route[] {
  const path = '/admin/v1/vendors/{vendor}';
  return [
    route({
      method: 'GET',
      path: '/admin/v1/vendors',
      summary: 'List the vendors',
      access: 'staff:catalogue.read',
      query: listQuery,
      responses: { 200: pageOf(vendorShape) },
      async handle(_context, { query }) {
        const vendors = await listVendors(pool, pageOfQuery(query));
        return { status: 200, body: pageAnswer(vendors, query.limit, (each) => each.id, vendorItem) };
      },
    }),
    route({
      method: 'GET',
      path,
      summary: 'Show a vendor',
      access: 'staff:catalogue.read',
      params: byVendor,
      responses: { 200: vendorShape },
      problems,
      handle: async (_context, { params }) => ({ status: 200, body: vendorItem(await getVendor(pool, params.vendor)) }),
    }),
    route({
      method: 'PUT',
      path,
      summary: 'Make or rename a vendor',
      access: 'staff:catalogue.write',
      params: byVendor,
      query: putQuery,
      body: z.object({ display_name: z.string().optional(), family: familyShape.optional() }),
      responses: { 200: vendorShape, 201: vendorShape },
      problems,
      async handle({ actor }, { params: { vendor: id }, query, body }) {
        const change = async () => {
          const before = await orNull(getVendor(pool, id), 'vendor_not_found');
          if (before && body.family !== undefined && body.family !== before.family)
            throw new AppError(
              'vendor_family_fixed',
              `The vendor ${id} has the family ${before.family}, which cannot be changed.`,
            );
          return before && setVendor(pool, actor, id, { displayName: body.display_name ?? before.displayName });
        };
        const add = () =>
          addVendor(pool, actor, {
            id,
            displayName: body.display_name ?? id,
            family: needed(body.family, 'family', `The vendor ${id}`),
          });
        const { status, view } = await put(query.expect, { change, add }, () => vendorNotFound(id));
        return { status, body: vendorItem(view) };
      },
    }),
    route({
      method: 'DELETE',
      path,
      summary: 'Remove a vendor that nothing uses',
      access: 'staff:catalogue.write',
      params: byVendor,
      responses: { 204: null },
      problems,
      async handle({ actor }, { params }) {
        await removeVendor(pool, actor, params.vendor);
        return { status: 204, body: null };
      },
    }),
  ];
}

export function groupRoutes({ pool }: RouteParts): readonly Route[] {
  const path = '/admin/v1/groups/{group}';
  return [
    route({
      method: 'GET',
      path: '/admin/v1/groups',
      summary: 'List the groups',
      access: 'staff:catalogue.read',
      query: listQuery,
      responses: { 200: pageOf(groupShape) },
      async handle(_context, { query }) {
        const groups = await listGroups(pool, pageOfQuery(query));
        return { status: 200, body: pageAnswer(groups, query.limit, (each) => each.id, groupItem) };
      },
    }),
    route({
      method: 'GET',
      path,
      summary: 'Show a group',
      access: 'staff:catalogue.read',
      params: byGroup,
      responses: { 200: groupShape },
      problems,
      handle: async (_context, { params }) => ({ status: 200, body: groupItem(await getGroup(pool, params.group)) }),
    }),
    route({
      method: 'PUT',
      path,
      summary: 'Make or change a group; members left out stay as they are',
      access: 'staff:catalogue.write',
      params: byGroup,
      query: putQuery,
      body: z.object({
        display_name: z.string().optional(),
        vendor: z.string().optional().describe('Needed for a new one; cannot be changed.'),
        kind: z.enum(['wallet', 'subscription']).optional(),
        multiplier: multiplier.optional(),
        pass_through: z.boolean().optional(),
        enabled: z.boolean().optional(),
      }),
      responses: { 200: groupShape, 201: groupShape },
      problems,
      async handle({ actor }, { params: { group: id }, query, body }) {
        const values = {
          displayName: body.display_name,
          kind: body.kind,
          multiplier: body.multiplier === undefined ? undefined : (parseMultiplier(body.multiplier) ?? undefined),
          passThrough: body.pass_through,
          enabled: body.enabled,
        };
        const change = async () => {
          const before = await orNull(getGroup(pool, id), 'group_not_found');
          if (before && body.vendor !== undefined && body.vendor !== before.vendorId)
            throw new AppError(
              'group_vendor_fixed',
              `The group ${id} belongs to ${before.vendorId}, which cannot be changed.`,
            );
          return before && setGroup(pool, actor, id, values);
        };
        const add = () => {
          const vendorId = needed(body.vendor, 'vendor', `The group ${id}`);
          return addGroup(pool, actor, { ...values, id, vendorId, displayName: body.display_name ?? id });
        };
        const { status, view } = await put(query.expect, { change, add }, () => groupNotFound(id));
        return { status, body: groupItem(view) };
      },
    }),
    route({
      method: 'DELETE',
      path,
      summary: 'Remove a group that no key uses',
      access: 'staff:catalogue.write',
      params: byGroup,
      responses: { 204: null },
      problems,
      async handle({ actor }, { params }) {
        await removeGroup(pool, actor, params.group);
        return { status: 204, body: null };
      },
    }),
  ];
}

function vendorItem(view: VendorView) {
  return { id: view.id, display_name: view.displayName, family: view.family, created_at: timeText(view.createdAtMs) };
}

function groupItem(view: GroupView) {
  return {
    id: view.id,
    display_name: view.displayName,
    vendor: view.vendorId,
    kind: view.kind,
    multiplier: formatMultiplier(view.multiplier),
    pass_through: view.passThrough,
    enabled: view.enabled,
    created_at: timeText(view.createdAtMs),
    updated_at: timeText(view.updatedAtMs),
  };
}
