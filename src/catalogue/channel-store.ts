import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../base/actor.ts';
import type { Family } from '../gateway/ports.ts';
import { checkBaseUrl } from './base-url.ts';
import { groupNotFound } from './group-store.ts';
import { type NotedState, note } from './note.ts';
import { checkChannelId, checkName, checkOneOf, checkWhole, problem } from './problems.ts';
import { brokenConstraint, inTransaction, limitOf, only, type Page, type Queryable } from './sql.ts';

/** Encrypts what must be kept but never shown. `context` is bound in: a value opens only where it was sealed for. */
export interface Sealer {
  seal(plaintext: string, context: string): Buffer;
  /** Throws when the value was altered, moved, or sealed under another secret. */
  open(sealed: Buffer, context: string): string;
}

export interface ChannelView {
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  readonly baseUrl: string;
  /** `unreadable`: sealed under another LODGE_SECRET; the channel is not used until a credential is set again. */
  readonly credential: { readonly state: 'set' | 'unset' | 'unreadable'; readonly lastFour: string | null };
  readonly weight: number;
  readonly region: string | null;
  readonly wire: Family;
  readonly enabled: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface ChannelInput {
  /** Made up when left out. */
  readonly id?: string | undefined;
  readonly groupId: string;
  readonly name: string;
  readonly baseUrl: string;
  /** Null: the channel sends none. */
  readonly credential?: string | null | undefined;
  /** Share of the traffic among the group's channels, 1 to 10000, 100 when left out. */
  readonly weight?: number | undefined;
  readonly region?: string | null | undefined;
  /** The protocol that the upstream speaks; the vendor's own when left out. */
  readonly wire?: Family | undefined;
  readonly enabled?: boolean | undefined;
}

/** Members that are left out stay as they are; null takes the credential or region away. */
export type ChannelChange = Partial<Omit<ChannelInput, 'id' | 'groupId'>>;

export interface ChannelRules {
  readonly sealer: Sealer;
  /** Whether base URLs may lead to loopback and private networks. */
  readonly allowPrivate: boolean;
}

interface Row {
  id: string;
  group_id: string;
  name: string;
  base_url: string;
  credential_sealed: Buffer | null;
  weight: number;
  region: string | null;
  wire: Family;
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

const columns =
  'id, group_id, name, base_url, credential_sealed, weight, region, wire, enabled, created_at, updated_at';
const families = ['openai', 'anthropic', 'gemini'] as const;
/** Google's service-account keys are about 2,400 characters. */
const maxCredential = 8_192;
/** Four characters of a shorter secret would be too much of it. */
const minForLastFour = 16;

export async function listChannels(
  db: Queryable,
  sealer: Sealer,
  filter: Page & { readonly groupId?: string | undefined } = {},
): Promise<ChannelView[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from channels where id > $1 and ($2::text is null or group_id = $2) order by id limit $3`,
    [filter.after ?? '', filter.groupId ?? null, limitOf(filter)],
  );
  return rows.map((row) => view(row, sealer));
}

/** @throws AppError `channel_not_found` */
export async function getChannel(db: Queryable, sealer: Sealer, id: string): Promise<ChannelView> {
  const { rows } = await db.query<Row>(`select ${columns} from channels where id = $1`, [id]);
  if (!rows[0]) throw channelNotFound(id);
  return view(rows[0], sealer);
}

/**
 * @throws AppError `group_not_found`, `channel_exists`, `channel_address_invalid`, `channel_address_not_allowed`,
 *   `channel_wire_unsupported`, `catalogue_value_invalid`
 */
export async function addChannel(
  pool: Pool,
  actor: Actor,
  rules: ChannelRules,
  input: ChannelInput,
): Promise<ChannelView> {
  const id = input.id === undefined ? `ch_${randomBytes(8).toString('hex')}` : checkChannelId(input.id);
  const values = checked(id, input, rules);
  return inTransaction(pool, async (client) => {
    const wire = await checkWire(client, input.groupId, input.wire);
    try {
      const { rows } = await client.query<Row>(
        `insert into channels (id, group_id, name, base_url, credential_sealed, weight, region, wire, enabled)
         values ($1, $2, $3, $4, $5, coalesce($6, 100), $7, $8, coalesce($9, true)) returning ${columns}`,
        [
          id,
          input.groupId,
          values.name,
          values.baseUrl,
          values.sealed,
          values.weight,
          values.region,
          wire,
          values.enabled,
        ],
      );
      const row = only(rows);
      await note(client, actor, 'created', subjectOf(row), null, stateOf(row));
      return view(row, rules.sealer);
    } catch (error) {
      throw channelExists(error, id, input.name);
    }
  });
}

/** @throws AppError `channel_not_found` and the codes of `addChannel` */
export async function setChannel(
  pool: Pool,
  actor: Actor,
  rules: ChannelRules,
  id: string,
  change: ChannelChange,
): Promise<ChannelView> {
  const values = checked(id, change, rules);
  return inTransaction(pool, async (client) => {
    const row = await lock(client, id);
    const wire = change.wire === undefined ? row.wire : await checkWire(client, row.group_id, change.wire);
    try {
      const { rows } = await client.query<Row>(
        `update channels set name = $2, base_url = $3, credential_sealed = $4, weight = $5, region = $6, wire = $7,
           enabled = $8, updated_at = now() where id = $1 returning ${columns}`,
        [
          id,
          values.name ?? row.name,
          values.baseUrl ?? row.base_url,
          change.credential === undefined ? row.credential_sealed : values.sealed,
          values.weight ?? row.weight,
          change.region === undefined ? row.region : values.region,
          wire,
          values.enabled ?? row.enabled,
        ],
      );
      const changed = only(rows);
      // Which credential it is stays out of the log: that it is another one is all there is to say.
      const after = { ...stateOf(changed), ...(values.sealed === null ? {} : { credential: 'changed' }) };
      await note(client, actor, 'changed', subjectOf(changed), stateOf(row), after);
      return view(changed, rules.sealer);
    } catch (error) {
      throw channelExists(error, id, change.name ?? row.name);
    }
  });
}

/** @throws AppError `channel_not_found` */
export async function removeChannel(pool: Pool, actor: Actor, id: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const row = await lock(client, id);
    await client.query('delete from channels where id = $1', [id]);
    await note(client, actor, 'deleted', subjectOf(row), stateOf(row), null);
  });
}

async function lock(client: PoolClient, id: string): Promise<Row> {
  const { rows } = await client.query<Row>(`select ${columns} from channels where id = $1 for update`, [id]);
  if (!rows[0]) throw channelNotFound(id);
  return rows[0];
}

function subjectOf(row: Row) {
  return { kind: 'channel', id: row.id, name: row.name } as const;
}

function stateOf(row: Row): NotedState {
  return {
    group: row.group_id,
    name: row.name,
    base_url: row.base_url,
    credential: row.credential_sealed === null ? 'unset' : 'set',
    weight: row.weight,
    region: row.region,
    wire: row.wire,
    enabled: row.enabled,
  };
}

/** What a channel's credential is sealed for: moved to another channel's row it does not open. */
export function credentialContext(channelId: string): string {
  return `channel:${channelId}`;
}

function checked(id: string, input: ChannelChange, rules: ChannelRules) {
  const credential = input.credential ?? null;
  // A line feed would end up in a header; the message must not repeat the credential.
  if (credential !== null && !/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(credential))
    throw problem(
      'catalogue_value_invalid',
      'The credential must be printable ASCII without blanks around it. It may hold a line feed from a copy.',
    );
  if (credential !== null && credential.length > maxCredential)
    throw problem('catalogue_value_invalid', `The credential must have at most ${maxCredential} characters.`);
  return {
    name: input.name === undefined ? null : checkName(input.name, "A channel's name"),
    baseUrl: input.baseUrl === undefined ? null : checkBaseUrl(input.baseUrl, rules.allowPrivate),
    sealed: credential === null ? null : rules.sealer.seal(credential, credentialContext(id)),
    weight: input.weight === undefined ? null : checkWhole(input.weight, 1, 10_000, 'The weight'),
    region: input.region === undefined || input.region === null ? null : checkName(input.region, 'The region', 32),
    enabled: input.enabled ?? null,
  };
}

/** Bytes are relayed as they are, so the upstream must speak the protocol of the group's vendor. */
async function checkWire(db: Queryable, groupId: string, wire: Family | undefined): Promise<Family> {
  const { rows } = await db.query<{ family: Family }>(
    'select v.family from groups g join vendors v on v.id = g.vendor_id where g.id = $1',
    [groupId],
  );
  const family = rows[0]?.family;
  if (family === undefined) throw groupNotFound(groupId);
  if (wire === undefined || checkOneOf(wire, families, 'The wire') === family) return family;
  throw problem(
    'channel_wire_unsupported',
    `The group ${groupId} speaks the ${family} wire, and its calls are relayed unchanged: a channel with the ${wire} wire cannot serve them. Make a group of a vendor of that family.`,
  );
}

function channelExists(error: unknown, id: string, name: string): unknown {
  const constraint = brokenConstraint(error);
  if (constraint === 'channels_pkey') return problem('channel_exists', `There is a channel ${id} already.`);
  if (constraint === 'channels_group_id_name_key')
    return problem('channel_exists', `The group has a channel named "${name}" already.`);
  return error;
}

export function channelNotFound(id: string): Error {
  return problem('channel_not_found', `There is no channel "${id}".`);
}

function view(row: Row, sealer: Sealer): ChannelView {
  return {
    id: row.id,
    groupId: row.group_id,
    name: row.name,
    baseUrl: row.base_url,
    credential: credentialView(row, sealer),
    weight: row.weight,
    region: row.region,
    wire: row.wire,
    enabled: row.enabled,
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
  };
}

function credentialView(row: Row, sealer: Sealer): ChannelView['credential'] {
  if (row.credential_sealed === null) return { state: 'unset', lastFour: null };
  try {
    const credential = sealer.open(row.credential_sealed, credentialContext(row.id));
    return { state: 'set', lastFour: credential.length < minForLastFour ? null : credential.slice(-4) };
  } catch {
    return { state: 'unreadable', lastFour: null };
  }
}
