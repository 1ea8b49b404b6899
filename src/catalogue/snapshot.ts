import type { Pool, PoolClient } from 'pg';
import type { Log } from '../base/log.ts';
import type { Catalogue, Channel, Family, Group, Model, ModelMode, Vendor } from '../gateway/ports.ts';
import type { Price } from '../vendors/index.ts';
import { sandboxBaseUrl, splitBaseUrl } from './base-url.ts';
import { credentialContext, type Sealer } from './channel-store.ts';
import { type PriceRow, priceOf } from './price-form.ts';
import { priceColumns } from './price-store.ts';
import { inTransaction, only } from './sql.ts';

export interface SnapshotOptions {
  /** Where the sandbox vendor listens, without a trailing slash; null when it does not run. */
  readonly sandboxOrigin: string | null;
  readonly log: Log;
}

/** What the sandbox's base URLs look like, by protocol, as the vendors' own SDKs take them. */
const sandboxPaths: Readonly<Record<Family, string>> = {
  openai: '/openai/v1',
  anthropic: '/anthropic',
  gemini: '/gemini',
};

interface GroupRow {
  id: string;
  display_name: string;
  kind: Group['kind'];
  multiplier: number;
  pass_through: boolean;
  enabled: boolean;
  vendor_id: string;
  vendor_name: string;
  family: Family;
  aliases: Readonly<Record<string, string>>;
  models: string[];
}

interface ModelRow {
  vendor_id: string;
  id: string;
  display_name: string;
  mode: ModelMode;
  released_at: Date;
  max_input_tokens: number | null;
  max_output_tokens: number | null;
  inputs: string[];
  outputs: string[];
}

export interface ChannelRow {
  id: string;
  group_id: string;
  name: string;
  base_url: string;
  credential_sealed: Buffer | null;
  weight: number;
  region: string | null;
  wire: Family;
}

/**
 * Reads the whole catalogue in one view of the database. A channel that cannot be used (its credential was sealed under
 * another secret, or it leads to a sandbox that does not run) is left out and logged: the others go on.
 */
export async function loadCatalogue(pool: Pool, sealer: Sealer, options: SnapshotOptions): Promise<Catalogue> {
  return inTransaction(
    pool,
    (client) => read(client, sealer, options),
    'begin isolation level repeatable read read only',
  );
}

async function read(client: PoolClient, sealer: Sealer, options: SnapshotOptions): Promise<Catalogue> {
  const version = await client.query<{ number: bigint | string }>(
    'select coalesce(max(number), 0) as number from changes',
  );
  const models = await readModels(client);
  const channels = await readChannels(client, sealer, options);
  const { rows } = await client.query<GroupRow>(
    `select g.id, g.display_name, g.kind, g.multiplier, g.pass_through, g.enabled,
            v.id as vendor_id, v.display_name as vendor_name, v.family,
            (select coalesce(json_object_agg(alias, model_id order by alias), '{}') from aliases a where a.group_id = g.id) as aliases,
            array(select model_id from group_models m where m.group_id = g.id order by position, model_id) as models
     from groups g join vendors v on v.id = g.vendor_id order by g.id`,
  );
  const vendors = new Map<string, Vendor>();
  const groups = new Map<string, Group>();
  for (const row of rows) {
    let vendor = vendors.get(row.vendor_id);
    if (!vendor) {
      vendor = { id: row.vendor_id, displayName: row.vendor_name, family: row.family };
      vendors.set(vendor.id, vendor);
    }
    const own = new Map<string, Model>();
    for (const id of row.models) {
      const model = models.get(`${row.vendor_id}/${id}`);
      if (model) own.set(id, model);
    }
    groups.set(row.id, {
      id: row.id,
      displayName: row.display_name,
      vendor,
      kind: row.kind,
      multiplier: row.multiplier,
      passThrough: row.pass_through,
      enabled: row.enabled,
      models: own,
      aliases: new Map(Object.entries(row.aliases)),
      channels: channels.get(row.id) ?? [],
    });
  }
  return { version: Number(only(version.rows).number), groups };
}

/** By `<vendor>/<model>`, only those that a group lists. */
async function readModels(client: PoolClient): Promise<Map<string, Model>> {
  const prices = new Map<string, Price[]>();
  const listed = '(select distinct vendor_id, model_id from group_models)';
  const versions = await client.query<PriceRow>(
    `select ${priceColumns} from prices where (vendor_id, model_id) in ${listed} order by valid_from desc`,
  );
  for (const row of versions.rows) {
    const place = `${row.vendor_id}/${row.model_id}`;
    const known = prices.get(place);
    if (known) known.push(priceOf(row));
    else prices.set(place, [priceOf(row)]);
  }
  const { rows } = await client.query<ModelRow>(
    `select vendor_id, id, display_name, mode, released_at, max_input_tokens, max_output_tokens, inputs, outputs
     from models where (vendor_id, id) in ${listed}`,
  );
  const models = new Map<string, Model>();
  for (const row of rows) {
    const place = `${row.vendor_id}/${row.id}`;
    models.set(place, {
      id: row.id,
      displayName: row.display_name,
      mode: row.mode,
      createdAtMs: row.released_at.getTime(),
      maxInputTokens: row.max_input_tokens,
      maxOutputTokens: row.max_output_tokens,
      inputs: row.inputs,
      outputs: row.outputs,
      prices: prices.get(place) ?? [],
    });
  }
  return models;
}

/** Enabled and usable channels by group. */
async function readChannels(
  client: PoolClient,
  sealer: Sealer,
  options: SnapshotOptions,
): Promise<Map<string, Channel[]>> {
  const { rows } = await client.query<ChannelRow>(
    `select id, group_id, name, base_url, credential_sealed, weight, region, wire from channels
     where enabled order by group_id, id`,
  );
  const channels = new Map<string, Channel[]>();
  for (const row of rows) {
    const channel = usableChannel(row, sealer, options);
    if (!channel) continue;
    const known = channels.get(row.group_id);
    if (known) known.push(channel);
    else channels.set(row.group_id, [channel]);
  }
  return channels;
}

/** The channel as the gateway uses it; null when it cannot be used, which is logged. */
export function usableChannel(
  row: ChannelRow,
  sealer: Sealer,
  { sandboxOrigin, log }: SnapshotOptions,
): Channel | null {
  if (row.base_url === sandboxBaseUrl && sandboxOrigin === null) {
    log.debug({ channel: row.id, group: row.group_id }, 'a channel leads to the sandbox, which does not run');
    return null;
  }
  let credential = '';
  if (row.credential_sealed !== null) {
    try {
      credential = sealer.open(row.credential_sealed, credentialContext(row.id));
    } catch {
      log.error(
        { channel: row.id, group: row.group_id },
        'a channel is not used: its credential cannot be opened; set it again',
      );
      return null;
    }
  }
  const place =
    row.base_url === sandboxBaseUrl && sandboxOrigin !== null
      ? { origin: sandboxOrigin, basePath: sandboxPaths[row.wire] }
      : splitBaseUrl(row.base_url);
  return { id: row.id, name: row.name, ...place, credential, weight: row.weight, region: row.region, wire: row.wire };
}
