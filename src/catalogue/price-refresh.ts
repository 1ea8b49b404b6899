import type { Pool, PoolClient } from 'pg';
import { appendAudit } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { type Price, priceAt, type SeedModel, type SeedPrice, seedModels } from '../vendors/index.ts';
import {
  type PriceRow,
  priceId,
  priceOf,
  type RateTexts,
  rateTexts,
  samePrice,
  storeRates,
  storeTiers,
} from './price-form.ts';
import { operatorSource, priceColumns } from './price-store.ts';
import { inTransaction } from './sql.ts';

export interface StoredPrice extends Price {
  readonly source: string;
}

/** What a refresh does to one model. */
export type PriceStep =
  | { readonly kind: 'add'; readonly validFromMs: number; readonly price: SeedPrice; readonly before: Price | null }
  /** A version that is not valid yet and that the vendor no longer announces, or announces otherwise. */
  | { readonly kind: 'withdraw'; readonly id: string; readonly validFromMs: number; readonly before: Price }
  /** The vendor's price differs, and the operator's stands. */
  | { readonly kind: 'keep'; readonly validFromMs: number; readonly price: SeedPrice; readonly before: Price };

export interface PriceChange {
  readonly vendorId: string;
  readonly modelId: string;
  readonly kind: 'added' | 'withdrawn' | 'operator_price_kept';
  readonly validFromMs: number;
  /** Base rates in force until then; null: none. */
  readonly before: RateTexts | null;
  /** Base rates from then on; null: what was in force before goes on. */
  readonly after: RateTexts | null;
  readonly source: string;
}

export interface PriceRefresh {
  readonly dryRun: boolean;
  readonly changes: readonly PriceChange[];
  /** Models whose stored prices agree with the data. */
  readonly unchangedModels: number;
  /** Models of the data that the catalogue does not have: add them to sell them. `<vendor>/<model>`. */
  readonly modelsNotInCatalogue: readonly string[];
}

/**
 * Compares the vendors' prices that this version of the program knows with the stored ones, and adds a version wherever
 * they differ. What is in force is followed from now on, not rewritten; an operator's price is never overridden.
 */
export async function refreshPrices(
  pool: Pool,
  actor: Actor,
  options: { readonly nowMs: number; readonly dryRun: boolean },
): Promise<PriceRefresh> {
  const models = await seedModels();
  return inTransaction(pool, async (client) => {
    await client.query('lock table prices in share row exclusive mode');
    const known = await client.query<{ place: string }>("select vendor_id || '/' || id as place from models");
    const places = new Set(known.rows.map((row) => row.place));
    const stored = await storedPrices(client);
    const changes: PriceChange[] = [];
    const missing: string[] = [];
    let unchangedModels = 0;
    for (const model of models) {
      const place = `${model.vendorId}/${model.id}`;
      if (!places.has(place)) {
        missing.push(place);
        continue;
      }
      const steps = planRefresh(stored.get(place) ?? [], model.prices, options.nowMs);
      if (steps.length === 0) unchangedModels++;
      for (const step of steps) {
        changes.push(describe(model, step));
        if (!options.dryRun) await apply(client, model, step);
      }
    }
    if (!options.dryRun) await noteRefresh(client, actor, changes);
    return { dryRun: options.dryRun, changes, unchangedModels, modelsNotInCatalogue: missing };
  });
}

/**
 * Pure: what to do so that the stored versions of one model charge as the data says.
 *
 * @param stored newest first
 * @param data oldest first
 */
export function planRefresh(stored: readonly StoredPrice[], data: readonly SeedPrice[], nowMs: number): PriceStep[] {
  if (data.length === 0) return [];
  if (stored.length === 0)
    return data.map((price, index) => ({
      kind: 'add',
      validFromMs: price.validFromMs,
      price,
      before: asPrice(data[index - 1]),
    }));
  const steps: PriceStep[] = [];
  const current = data.findLast((price) => price.validFromMs <= nowMs);
  const coming = data.filter((price) => price.validFromMs > nowMs);

  const announced = (price: StoredPrice): boolean =>
    coming.some((next) => next.validFromMs === price.validFromMs && samePrice(next, price));
  const obsolete = stored.filter(
    (price) => price.validFromMs > nowMs && price.source !== operatorSource && !announced(price),
  );
  for (const price of obsolete)
    steps.push({ kind: 'withdraw', id: price.id, validFromMs: price.validFromMs, before: price });

  let versions: readonly StoredPrice[] = stored.filter((price) => !obsolete.includes(price));
  for (const price of [...(current ? [current] : []), ...coming]) {
    const validFromMs = Math.max(price.validFromMs, nowMs);
    const before = priceAt(versions, validFromMs) as StoredPrice | null;
    if (before && samePrice(before, price)) continue;
    if (before?.source === operatorSource) {
      steps.push({ kind: 'keep', validFromMs, price, before });
      continue;
    }
    steps.push({ kind: 'add', validFromMs, price, before });
    const added: StoredPrice = { ...price, id: '', validFromMs };
    versions = [...versions, added].sort((a, b) => b.validFromMs - a.validFromMs);
  }
  return steps;
}

/** Writes a version unless one stands at that moment. Used by the first start as well. */
export async function insertPrice(
  client: Pick<PoolClient, 'query'>,
  model: Pick<SeedModel, 'vendorId' | 'id'>,
  price: SeedPrice,
  validFromMs: number,
): Promise<void> {
  await client.query(
    `insert into prices (id, vendor_id, model_id, valid_from, rates, tiers, source)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [
      priceId(model.vendorId, model.id, validFromMs),
      model.vendorId,
      model.id,
      new Date(validFromMs),
      storeRates(price.rates),
      storeTiers(price.tiers),
      price.source,
    ],
  );
}

/** One entry for a whole refresh: it may add hundreds of versions. */
async function noteRefresh(client: PoolClient, actor: Actor, changes: readonly PriceChange[]): Promise<void> {
  const of = (kind: PriceChange['kind']) =>
    changes
      .filter((change) => change.kind === kind)
      .map((change) => priceId(change.vendorId, change.modelId, change.validFromMs));
  const after = { added: of('added'), withdrawn: of('withdrawn') };
  if (after.added.length + after.withdrawn.length === 0) return;
  const subject = { kind: 'price', id: 'refresh' };
  await appendAudit(client, actor, { action: 'price.refreshed', organizationId: null, subject, after });
}

async function apply(client: PoolClient, model: SeedModel, step: PriceStep): Promise<void> {
  if (step.kind === 'withdraw') await client.query('delete from prices where id = $1', [step.id]);
  if (step.kind === 'add') await insertPrice(client, model, step.price, step.validFromMs);
}

async function storedPrices(client: PoolClient): Promise<Map<string, StoredPrice[]>> {
  const { rows } = await client.query<PriceRow>(`select ${priceColumns} from prices order by valid_from desc`);
  const byModel = new Map<string, StoredPrice[]>();
  for (const row of rows) {
    const place = `${row.vendor_id}/${row.model_id}`;
    const versions = byModel.get(place) ?? [];
    versions.push({ ...priceOf(row), source: row.source });
    byModel.set(place, versions);
  }
  return byModel;
}

function describe(model: SeedModel, step: PriceStep): PriceChange {
  const kinds = { add: 'added', withdraw: 'withdrawn', keep: 'operator_price_kept' } as const;
  const withdrawn = step.kind === 'withdraw';
  return {
    vendorId: model.vendorId,
    modelId: model.id,
    kind: kinds[step.kind],
    validFromMs: step.validFromMs,
    before: step.before ? rateTexts(step.before.rates) : null,
    after: withdrawn ? null : rateTexts(step.price.rates),
    source: withdrawn ? '' : step.price.source,
  };
}

function asPrice(price: SeedPrice | undefined): Price | null {
  return price ? { ...price, id: '' } : null;
}
