import type { Pool } from 'pg';
import type { Actor } from '../base/actor.ts';
import { modelNotFound } from './model-store.ts';
import { type NotedState, note } from './note.ts';
import {
  type PriceRow,
  priceId,
  priceOf,
  type RateTexts,
  rateTexts,
  readRates,
  readTiers,
  storeRates,
  storeTiers,
  type TierInput,
} from './price-form.ts';
import { checkName, problem } from './problems.ts';
import { inTransaction, limitOf, only, type Page, type Queryable } from './sql.ts';

export interface PriceView {
  readonly id: string;
  readonly vendorId: string;
  readonly modelId: string;
  readonly validFromMs: number;
  readonly rates: RateTexts;
  readonly tiers: readonly TierInput[];
  /** `operator`, or where the figures come from. */
  readonly source: string;
}

export interface PriceInput {
  readonly vendorId: string;
  readonly modelId: string;
  readonly rates: RateTexts;
  readonly tiers?: readonly TierInput[] | undefined;
  /** Now when left out. Never in the past: records stand that were charged by what was valid then. */
  readonly validFromMs?: number | undefined;
}

/** Prices with this source are the operator's own and are never replaced by a refresh. */
export const operatorSource = 'operator';

export const priceColumns = 'id, vendor_id, model_id, valid_from, rates, tiers, source';

/** Clocks of the operator's machine and ours may differ by so much. */
const clockSlackMs = 60_000;

/** By id, so: by vendor, model, and valid-from. */
export async function listPrices(
  db: Queryable,
  filter: Page & { readonly vendorId?: string | undefined; readonly modelId?: string | undefined } = {},
): Promise<PriceView[]> {
  const { rows } = await db.query<PriceRow>(
    `select ${priceColumns} from prices
     where id collate "C" > $1 and ($2::text is null or vendor_id = $2) and ($3::text is null or model_id = $3)
     order by id collate "C" limit $4`,
    [filter.after ?? '', filter.vendorId ?? null, filter.modelId ?? null, limitOf(filter)],
  );
  return rows.map(view);
}

/** @throws AppError `price_not_found` */
export async function getPrice(db: Queryable, id: string): Promise<PriceView> {
  const { rows } = await db.query<PriceRow>(`select ${priceColumns} from prices where id = $1`, [id]);
  if (!rows[0]) throw priceNotFound(id);
  return view(rows[0]);
}

/**
 * Adds a version of a model's price. Versions are never changed: a request is priced by the newest that was valid when
 * it was received, and its record names it.
 *
 * @throws AppError `price_invalid`, `price_exists`, `model_not_found`
 */
export async function setPrice(
  pool: Pool,
  actor: Actor,
  input: PriceInput,
  nowMs: number,
  source = operatorSource,
): Promise<PriceView> {
  const validFromMs = input.validFromMs ?? nowMs;
  if (!Number.isSafeInteger(validFromMs) || validFromMs < nowMs - clockSlackMs || validFromMs > 4e12)
    throw problem('price_invalid', 'A price is valid from now or from a later time: what was charged before stands.');
  const rates = readRates(input.rates);
  const tiers = readTiers(input.tiers ?? [], rates);
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ known: boolean; row: string | null }>(
      `with model as (select from models where vendor_id = $2 and id = $3),
          added as (insert into prices (id, vendor_id, model_id, valid_from, rates, tiers, source)
            select $1, $2, $3, $4, $5, $6, $7 where exists (select from model)
            on conflict do nothing returning id)
     select exists (select from model) as known, (select id from added) as row`,
      [
        priceId(input.vendorId, input.modelId, validFromMs),
        input.vendorId,
        input.modelId,
        new Date(validFromMs),
        storeRates(rates),
        storeTiers(tiers),
        checkName(source, 'The source', 300),
      ],
    );
    const { known, row } = only(rows);
    if (!known) throw modelNotFound(input.vendorId, input.modelId);
    if (row === null)
      throw problem(
        'price_exists',
        'The model has a version that is valid from the very same moment. Choose another time.',
      );
    const added = await getPrice(client, row);
    await note(client, actor, 'created', { kind: 'price', id: added.id, name: added.modelId }, null, stateOf(added));
    return added;
  });
}

/** Takes back a version that is not valid yet. @throws AppError `price_not_found`, `price_in_force` */
export async function removePrice(pool: Pool, actor: Actor, id: string, nowMs: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    const price = await getPrice(client, id);
    const { rowCount } = await client.query('delete from prices where id = $1 and valid_from > $2', [
      id,
      new Date(nowMs),
    ]);
    if (rowCount === 0)
      throw problem('price_in_force', `The price ${id} has been in force: records name it. Set a new price instead.`);
    await note(client, actor, 'deleted', { kind: 'price', id, name: price.modelId }, stateOf(price), null);
  });
}

function stateOf(price: PriceView): NotedState {
  const { vendorId: vendor, modelId: model, rates, tiers, source } = price;
  return { vendor, model, valid_from: new Date(price.validFromMs).toISOString(), rates, tiers, source };
}

function view(row: PriceRow): PriceView {
  const price = priceOf(row);
  return {
    id: row.id,
    vendorId: row.vendor_id,
    modelId: row.model_id,
    validFromMs: price.validFromMs,
    rates: rateTexts(price.rates),
    tiers: price.tiers.map((tier) => ({ overInputTokens: tier.overInputTokens, rates: rateTexts(tier.rates) })),
    source: row.source,
  };
}

function priceNotFound(id: string): Error {
  return problem('price_not_found', `There is no price "${id}".`);
}
