import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { formatMultiplier } from '../base/money.ts';
import type { Catalogue, Group } from '../gateway/ports.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import {
  type OfferedModel,
  type OfferedPrice,
  offeredGroups,
  offeredModels,
  offeredPrice,
  offersAfter,
  priceClasses,
} from './offer.ts';
import { familyShape, timeShape, timeText } from './route-shapes.ts';
import { type ApiRegion, toolAddresses } from './tool-addresses.ts';

/** What customers' routes of the catalogue work with. */
export interface OfferRouteOptions {
  /** The view that the gateway serves by. */
  readonly catalogue: () => Catalogue;
  readonly regions: () => readonly ApiRegion[];
  readonly clock: Clock;
}

const groupShape = z
  .object({
    id: z.string(),
    display_name: z.string(),
    vendor: z.string(),
    vendor_name: z.string(),
    family: familyShape.describe('Whose protocol it speaks.'),
    kind: z.enum(['wallet', 'subscription']),
    multiplier: z.string().describe('What list prices are multiplied by: "0.9".'),
    models: z.int().describe('How many.'),
    base_urls: z.array(
      z.object({
        region: z.string(),
        form: z.enum(['root', 'v1', 'v1beta']),
        url: z.string(),
        used_by: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'OfferedGroup' });

const priceShape = z.object({
  id: z.string(),
  valid_from: timeShape,
  ends_at: timeShape.nullable().describe('When another version takes its place.'),
  tiers: z
    .array(
      z.object({
        over_input_tokens: z.int().describe('0: the base.'),
        lines: z.array(
          z.object({
            class: z.enum(priceClasses),
            unit: z.enum(['million_tokens', 'request', 'image']),
            list_usd: z.string(),
            effective_usd: z.string().describe('List × multiplier, exact.'),
          }),
        ),
      }),
    )
    .describe('The whole request is priced by the last tier that its input is longer than.'),
});

const modelShape = z
  .object({
    group: z.string(),
    group_name: z.string(),
    vendor: z.string(),
    vendor_name: z.string(),
    multiplier: z.string(),
    id: z.string().describe('What to write into "model".'),
    display_name: z.string(),
    aliases: z.array(z.string()).describe('Other names that lead to it in this group.'),
    mode: z.enum(['chat', 'completion', 'embedding', 'image', 'audio', 'moderation']),
    released_at: timeShape,
    max_input_tokens: z.int().nullable(),
    max_output_tokens: z.int().nullable(),
    inputs: z.array(z.string()),
    outputs: z.array(z.string()),
    price: priceShape.nullable().describe('Null: none is in force, and calls are refused.'),
  })
  .meta({ id: 'OfferedModel' });

const inOrganization = z.object({ organization: z.string() });
const name = z.string().max(200);

/** What an organization can choose from: groups, and the authoritative names of their models with prices. */
export function offerRoutes({ catalogue, regions, clock }: OfferRouteOptions): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/control/v1/organizations/{organization}/groups',
      summary: 'List the groups that a key can be made for',
      access: 'organization:organization.read',
      params: inOrganization,
      responses: { 200: pageOf(groupShape) },
      handle: async () => ({
        status: 200,
        body: { data: offeredGroups(catalogue()).map((group) => groupItem(group, regions())), next_cursor: null },
      }),
    }),
    route({
      method: 'GET',
      path: '/control/v1/organizations/{organization}/models',
      summary: 'List the models of each group, with their names and prices',
      access: 'organization:organization.read',
      params: inOrganization,
      query: z.object({
        ...pageQuery,
        vendor: name.optional(),
        group: name.optional(),
        search: name.optional().describe('Part of an id, alias or display name.'),
      }),
      responses: { 200: pageOf(modelShape) },
      async handle(_context, { query }) {
        const after =
          query.cursor === undefined ? undefined : decodeCursor(query.cursor, z.tuple([z.string(), z.string()]));
        const { vendor: vendorId, group: groupId, search, limit } = query;
        const rest = offersAfter(offeredModels(catalogue(), { vendorId, groupId, search }), after);
        const shown = rest.slice(0, limit);
        const last = rest.length > limit ? shown.at(-1) : undefined;
        const data = shown.map((offer) => modelItem(offer, clock.now()));
        const next = last === undefined ? null : encodeCursor([last.group.id, last.model.id]);
        return { status: 200, body: { data, next_cursor: next } };
      },
    }),
  ];
}

function groupItem(group: Group, regions: readonly ApiRegion[]): z.input<typeof groupShape> {
  return {
    id: group.id,
    display_name: group.displayName,
    vendor: group.vendor.id,
    vendor_name: group.vendor.displayName,
    family: group.vendor.family,
    kind: group.kind,
    multiplier: formatMultiplier(group.multiplier),
    models: group.models.size,
    base_urls: toolAddresses(group.vendor.family, regions).map(({ region, form, url, usedBy }) => {
      return { region, form, url, used_by: [...usedBy] };
    }),
  };
}

function modelItem(offer: OfferedModel, nowMs: number): z.input<typeof modelShape> {
  const { group, model, aliases } = offer;
  const price = offeredPrice(offer, nowMs);
  return {
    group: group.id,
    group_name: group.displayName,
    vendor: group.vendor.id,
    vendor_name: group.vendor.displayName,
    multiplier: formatMultiplier(group.multiplier),
    id: model.id,
    display_name: model.displayName,
    aliases: [...aliases],
    mode: model.mode,
    released_at: timeText(model.createdAtMs),
    max_input_tokens: model.maxInputTokens,
    max_output_tokens: model.maxOutputTokens,
    inputs: [...model.inputs],
    outputs: [...model.outputs],
    price: price && priceItem(price),
  };
}

function priceItem(price: OfferedPrice): z.input<typeof priceShape> {
  return {
    id: price.id,
    valid_from: timeText(price.validFromMs),
    ends_at: price.endsAtMs === null ? null : timeText(price.endsAtMs),
    tiers: price.tiers.map(({ overInputTokens, lines }) => ({
      over_input_tokens: overInputTokens,
      lines: lines.map((line) => {
        return { class: line.class, unit: line.unit, list_usd: line.listUsd, effective_usd: line.effectiveUsd };
      }),
    })),
  };
}
