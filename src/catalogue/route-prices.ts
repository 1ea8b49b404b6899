import { z } from 'zod';
import { pageOf, type Route, route } from '../http/index.ts';
import type { RateName, RateTexts } from './price-form.ts';
import { type PriceRefresh, refreshPrices } from './price-refresh.ts';
import { getPrice, listPrices, type PriceView, removePrice, setPrice } from './price-store.ts';
import { catalogueProblems } from './problems.ts';
import { listQuery, pageAnswer, pageOfQuery, type RouteParts, timeShape, timeText } from './route-shapes.ts';

/** Names of the admin API for the rates, in the order that lists show. */
const rateMembers = {
  input: 'input',
  cache_read: 'cacheRead',
  cache_write_5m: 'cacheWrite5m',
  cache_write_1h: 'cacheWrite1h',
  audio_input: 'audioInput',
  image_input: 'imageInput',
  output: 'output',
  audio_output: 'audioOutput',
  image_output: 'imageOutput',
  per_request: 'perRequest',
  per_image: 'perImage',
} as const satisfies Record<string, RateName>;

type RateMember = keyof typeof rateMembers;
type RatesBody = Partial<Record<RateMember, string | undefined>>;

const memberNames = Object.keys(rateMembers) as RateMember[];
const usd = z.string().optional();
const ratesShape = z
  .object({
    input: usd,
    cache_read: usd,
    cache_write_5m: usd,
    cache_write_1h: usd,
    audio_input: usd,
    image_input: usd,
    output: usd,
    audio_output: usd,
    image_output: usd,
    per_request: usd,
    per_image: usd,
  } satisfies Record<RateMember, typeof usd>)
  .strict()
  .meta({ id: 'Rates', description: 'USD per million tokens, per request or per image, as decimal text: "2.50".' });

const tierShape = z
  .object({ over_input_tokens: z.int(), rates: ratesShape })
  .strict()
  .meta({ id: 'PriceTier', description: 'For the whole request, once its input is longer than this.' });

const priceShape = z
  .object({
    id: z.string(),
    vendor: z.string(),
    model: z.string(),
    valid_from: timeShape,
    rates: ratesShape,
    tiers: z.array(tierShape),
    source: z.string().describe('`operator`, or where the figures come from.'),
  })
  .meta({ id: 'Price' });

const refreshShape = z.object({
  dry_run: z.boolean(),
  changes: z.array(
    z.object({
      vendor: z.string(),
      model: z.string(),
      kind: z.enum(['added', 'withdrawn', 'operator_price_kept']),
      valid_from: timeShape,
      before: ratesShape.nullable(),
      after: ratesShape.nullable(),
      source: z.string(),
    }),
  ),
  unchanged_models: z.int(),
  models_not_in_catalogue: z.array(z.string()),
});

const problems = catalogueProblems;
const byPrice = z.object({ price: z.string() });
const path = '/admin/v1/prices/{price}';

export function priceRoutes({ pool, clock }: RouteParts): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/prices',
      summary: 'List the versions of prices',
      access: 'staff:catalogue.read',
      query: listQuery.extend({ vendor: z.string().optional(), model: z.string().optional() }),
      responses: { 200: pageOf(priceShape) },
      async handle(_context, { query }) {
        const filter = { ...pageOfQuery(query), vendorId: query.vendor, modelId: query.model };
        const prices = await listPrices(pool, filter);
        return { status: 200, body: pageAnswer(prices, query.limit, (each) => each.id, priceItem) };
      },
    }),
    route({
      method: 'GET',
      path,
      summary: 'Show a version of a price',
      access: 'staff:catalogue.read',
      params: byPrice,
      responses: { 200: priceShape },
      problems,
      handle: async (_context, { params }) => ({ status: 200, body: priceItem(await getPrice(pool, params.price)) }),
    }),
    route({
      method: 'POST',
      path: '/admin/v1/prices',
      summary: 'Add a version of a model’s price',
      access: 'staff:catalogue.write',
      body: z.object({
        vendor: z.string(),
        model: z.string(),
        rates: ratesShape,
        tiers: z.array(tierShape).optional(),
        valid_from: timeShape.optional().describe('Now when left out; never in the past.'),
      }),
      responses: { 201: priceShape },
      problems,
      async handle({ actor }, { body }) {
        const input = {
          vendorId: body.vendor,
          modelId: body.model,
          rates: ratesIn(body.rates),
          tiers: body.tiers?.map((tier) => ({ overInputTokens: tier.over_input_tokens, rates: ratesIn(tier.rates) })),
          validFromMs: body.valid_from === undefined ? undefined : Date.parse(body.valid_from),
        };
        return { status: 201, body: priceItem(await setPrice(pool, actor, input, clock.now())) };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/v1/prices/refresh',
      summary: 'Follow the vendors’ prices that this version of the program knows',
      access: 'staff:catalogue.write',
      body: z.object({ dry_run: z.boolean().default(false).describe('Say what would change, and change nothing.') }),
      responses: { 200: refreshShape },
      problems,
      async handle({ actor }, { body }) {
        const refresh = await refreshPrices(pool, actor, { nowMs: clock.now(), dryRun: body.dry_run });
        return { status: 200, body: refreshItem(refresh) };
      },
    }),
    route({
      method: 'DELETE',
      path,
      summary: 'Take back a version that is not in force yet',
      access: 'staff:catalogue.write',
      params: byPrice,
      responses: { 204: null },
      problems,
      async handle({ actor }, { params }) {
        await removePrice(pool, actor, params.price, clock.now());
        return { status: 204, body: null };
      },
    }),
  ];
}

function priceItem(view: PriceView) {
  return {
    id: view.id,
    vendor: view.vendorId,
    model: view.modelId,
    valid_from: timeText(view.validFromMs),
    rates: ratesOut(view.rates),
    tiers: view.tiers.map((tier) => ({ over_input_tokens: tier.overInputTokens, rates: ratesOut(tier.rates) })),
    source: view.source,
  };
}

function refreshItem(refresh: PriceRefresh) {
  return {
    dry_run: refresh.dryRun,
    changes: refresh.changes.map((change) => ({
      vendor: change.vendorId,
      model: change.modelId,
      kind: change.kind,
      valid_from: timeText(change.validFromMs),
      before: change.before && ratesOut(change.before),
      after: change.after && ratesOut(change.after),
      source: change.source,
    })),
    unchanged_models: refresh.unchangedModels,
    models_not_in_catalogue: [...refresh.modelsNotInCatalogue],
  };
}

function ratesIn(rates: RatesBody): RateTexts {
  const texts: Partial<Record<RateName, string>> = {};
  for (const member of memberNames) {
    const text = rates[member];
    if (text !== undefined) texts[rateMembers[member]] = text;
  }
  return texts;
}

function ratesOut(texts: RateTexts): RatesBody {
  const rates: RatesBody = {};
  for (const member of memberNames) {
    const text = texts[rateMembers[member]];
    if (text !== undefined) rates[member] = text;
  }
  return rates;
}
