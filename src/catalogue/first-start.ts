import type { Pool, PoolClient } from 'pg';
import { familiarNames, type SeedModel, seedModels, seedVendors } from '../vendors/index.ts';
import { sandboxBaseUrl } from './base-url.ts';
import { credentialContext, type Sealer } from './channel-store.ts';
import { priceId, storeRates, storeTiers } from './price-form.ts';
import { inTransaction } from './sql.ts';

export interface FirstStart {
  /** Vendors, models and prices were written now. */
  readonly seeded: boolean;
  /** The demo groups on the sandbox were made now. */
  readonly sandboxGroupsMade: boolean;
}

const seededFact = 'catalogue_seeded';
const groupsFact = 'sandbox_groups_made';
/** Two nodes that start for the first time at once take turns. */
const lockNumber = 5063201010;

/**
 * Fills an empty site: vendors, current models and their prices; with the sandbox, one group per vendor that leads to it.
 * Each is done once: what the operator then changes or removes stays so. On a warm start this is one short query.
 */
export async function firstStart(
  pool: Pool,
  sealer: Sealer,
  options: { readonly sandbox: boolean },
): Promise<FirstStart> {
  const { rows } = await pool.query<{ name: string }>('select name from site_facts where name in ($1, $2)', [
    seededFact,
    groupsFact,
  ]);
  const done = new Set(rows.map((row) => row.name));
  if (done.has(seededFact) && (done.has(groupsFact) || !options.sandbox))
    return { seeded: false, sandboxGroupsMade: false };
  const models = await seedModels();
  return inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [lockNumber]);
    const seeded = await once(client, seededFact, () => seed(client, models));
    const sandboxGroupsMade =
      options.sandbox && (await once(client, groupsFact, () => makeSandboxGroups(client, sealer, models)));
    return { seeded, sandboxGroupsMade };
  });
}

async function once(client: PoolClient, fact: string, work: () => Promise<void>): Promise<boolean> {
  const { rowCount } = await client.query(
    "insert into site_facts (name, value) values ($1, 'true') on conflict do nothing",
    [fact],
  );
  if (rowCount === 0) return false;
  await work();
  return true;
}

async function seed(client: PoolClient, models: readonly SeedModel[]): Promise<void> {
  const vendors = seedVendors();
  await client.query(
    `insert into vendors (id, display_name, family) select * from unnest($1::text[], $2::text[], $3::text[])
     on conflict do nothing`,
    [
      vendors.map((vendor) => vendor.id),
      vendors.map((vendor) => vendor.displayName),
      vendors.map((vendor) => vendor.family),
    ],
  );
  await client.query(
    `insert into models (vendor_id, id, display_name, mode, released_at, max_input_tokens, max_output_tokens, inputs, outputs)
     select vendor, id, name, mode, released, max_input, max_output,
            array(select jsonb_array_elements_text(inputs)), array(select jsonb_array_elements_text(outputs))
     from jsonb_to_recordset($1::jsonb) as t(vendor text, id text, name text, mode text, released timestamptz,
       max_input integer, max_output integer, inputs jsonb, outputs jsonb)
     on conflict do nothing`,
    [JSON.stringify(models.map(modelRow))],
  );
  await client.query(
    `insert into prices (id, vendor_id, model_id, valid_from, rates, tiers, source)
     select id, vendor, model, valid_from, rates, tiers, source
     from jsonb_to_recordset($1::jsonb) as t(id text, vendor text, model text, valid_from timestamptz, rates jsonb,
       tiers jsonb, source text)
     on conflict do nothing`,
    [JSON.stringify(models.flatMap(priceRows))],
  );
}

async function makeSandboxGroups(client: PoolClient, sealer: Sealer, models: readonly SeedModel[]): Promise<void> {
  for (const vendor of seedVendors()) {
    const group = `${vendor.id}-standard`;
    const { rowCount } = await client.query(
      `insert into groups (id, display_name, vendor_id, kind, multiplier, pass_through)
       select $1, $2, id, 'wallet', 10000, true from vendors where id = $3 on conflict do nothing`,
      [group, `${vendor.displayName} standard`, vendor.id],
    );
    // The operator has a group of that name, or has removed the vendor.
    if (rowCount === 0) continue;
    await client.query(
      `insert into group_models (group_id, vendor_id, model_id, position)
       select $1, $2, m.id, t.n from unnest($3::text[]) with ordinality as t(id, n)
       join models m on m.vendor_id = $2 and m.id = t.id
       where exists (select from prices p where p.vendor_id = $2 and p.model_id = m.id)`,
      [group, vendor.id, models.filter((model) => model.vendorId === vendor.id).map((model) => model.id)],
    );
    const familiar = [...familiarNames(vendor.id)];
    await client.query(
      `insert into aliases (group_id, alias, model_id)
       select $1, alias, model from unnest($2::text[], $3::text[]) as t(alias, model)
       where exists (select from group_models where group_id = $1 and model_id = model)
         and not exists (select from group_models where group_id = $1 and model_id = alias)`,
      [group, familiar.map(([alias]) => alias), familiar.map(([, model]) => model)],
    );
    const channel = `ch_sandbox_${vendor.id}`;
    await client.query(
      `insert into channels (id, group_id, name, base_url, credential_sealed, wire) values ($1, $2, 'sandbox', $3, $4, $5)`,
      [channel, group, sandboxBaseUrl, sealer.seal('sandbox', credentialContext(channel)), vendor.family],
    );
  }
}

function modelRow(model: SeedModel): object {
  return {
    vendor: model.vendorId,
    id: model.id,
    name: model.displayName,
    mode: model.mode,
    released: new Date(model.releasedAtMs),
    max_input: model.maxInputTokens,
    max_output: model.maxOutputTokens,
    inputs: model.inputs,
    outputs: model.outputs,
  };
}

function priceRows(model: SeedModel): object[] {
  return model.prices.map((price) => ({
    id: priceId(model.vendorId, model.id, price.validFromMs),
    vendor: model.vendorId,
    model: model.id,
    valid_from: new Date(price.validFromMs),
    rates: storeRates(price.rates),
    tiers: JSON.parse(storeTiers(price.tiers)) as unknown,
    source: price.source,
  }));
}
