import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../base/actor.ts';
import { formatMultiplier } from '../base/money.ts';
import { type NotedState, note } from './note.ts';
import { checkGroupId, checkName, checkOneOf, checkWhole, problem } from './problems.ts';
import { brokenConstraint, inTransaction, limitOf, only, type Page, type Queryable } from './sql.ts';
import { vendorNotFound } from './vendor-store.ts';

export interface GroupView {
  readonly id: string;
  readonly displayName: string;
  readonly vendorId: string;
  readonly kind: 'wallet' | 'subscription';
  /** Ten-thousandths: 10_000 = 1.0. */
  readonly multiplier: number;
  readonly passThrough: boolean;
  readonly enabled: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface GroupInput {
  readonly id: string;
  readonly displayName: string;
  readonly vendorId: string;
  readonly kind?: 'wallet' | 'subscription' | undefined;
  readonly multiplier?: number | undefined;
  readonly passThrough?: boolean | undefined;
  readonly enabled?: boolean | undefined;
}

/** The vendor stays: keys of the group are used with its protocol. */
export type GroupChange = {
  readonly [Name in keyof Omit<GroupInput, 'id' | 'vendorId'>]?: GroupInput[Name] | undefined;
};

interface Row {
  id: string;
  display_name: string;
  vendor_id: string;
  kind: 'wallet' | 'subscription';
  multiplier: number;
  pass_through: boolean;
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

const columns = 'id, display_name, vendor_id, kind, multiplier, pass_through, enabled, created_at, updated_at';
const kinds = ['wallet', 'subscription'] as const;
/** 9,999 times the list price. */
const maxMultiplier = 99_990_000;

export async function listGroups(db: Queryable, page: Page = {}): Promise<GroupView[]> {
  const { rows } = await db.query<Row>(`select ${columns} from groups where id > $1 order by id limit $2`, [
    page.after ?? '',
    limitOf(page),
  ]);
  return rows.map(view);
}

/** @throws AppError `group_not_found` */
export async function getGroup(db: Queryable, id: string): Promise<GroupView> {
  const { rows } = await db.query<Row>(`select ${columns} from groups where id = $1`, [id]);
  if (!rows[0]) throw groupNotFound(id);
  return view(rows[0]);
}

/** @throws AppError `group_exists`, `vendor_not_found`, `catalogue_value_invalid` */
export async function addGroup(pool: Pool, actor: Actor, input: GroupInput): Promise<GroupView> {
  const id = checkGroupId(input.id);
  const values = checked(input);
  try {
    return await inTransaction(pool, async (client) => {
      const { rows } = await client.query<Row>(
        `insert into groups (id, vendor_id, display_name, kind, multiplier, pass_through, enabled)
         values ($1, $2, $3, coalesce($4, 'wallet'), coalesce($5, 10000), coalesce($6, false), coalesce($7, true))
         on conflict (id) do nothing returning ${columns}`,
        [id, input.vendorId, ...values],
      );
      if (!rows[0]) throw problem('group_exists', `There is a group ${id} already.`);
      await note(client, actor, 'created', subjectOf(rows[0]), null, stateOf(rows[0]));
      return view(rows[0]);
    });
  } catch (error) {
    if (brokenConstraint(error) === 'groups_vendor_id_fkey') throw vendorNotFound(input.vendorId);
    throw error;
  }
}

/** @throws AppError `group_not_found`, `catalogue_value_invalid` */
export async function setGroup(pool: Pool, actor: Actor, id: string, change: GroupChange): Promise<GroupView> {
  const values = checked(change);
  return inTransaction(pool, async (client) => {
    const before = await lock(client, id);
    const { rows } = await client.query<Row>(
      `update groups set display_name = coalesce($2, display_name), kind = coalesce($3, kind),
         multiplier = coalesce($4, multiplier), pass_through = coalesce($5, pass_through),
         enabled = coalesce($6, enabled), updated_at = now()
       where id = $1 returning ${columns}`,
      [id, ...values],
    );
    const row = only(rows);
    await note(client, actor, 'changed', subjectOf(row), stateOf(before), stateOf(row));
    return view(row);
  });
}

/**
 * Removes a group with its channels, list of models and aliases. A group that ever had a key stays: a deleted key's row
 * names it, and its callers are still told what happened.
 *
 * @throws AppError `group_not_found`, `group_in_use`
 */
export async function removeGroup(pool: Pool, actor: Actor, id: string): Promise<void> {
  try {
    await inTransaction(pool, async (client) => {
      const row = await lock(client, id);
      const gone = await belongings(client, id);
      await client.query('delete from groups where id = $1', [id]);
      await note(client, actor, 'deleted', subjectOf(row), { ...stateOf(row), ...gone }, null);
    });
  } catch (error) {
    if (brokenConstraint(error) === null) throw error;
    const { rows } = await pool.query<{ live: number; deleted: number }>(
      `select count(*) filter (where state <> 'deleted')::int as live,
              count(*) filter (where state = 'deleted')::int as deleted from keys where group_id = $1`,
      [id],
    );
    const { live, deleted } = only(rows);
    throw problem(
      'group_in_use',
      `The group ${id} has keys: ${live} in use or disabled, ${deleted} deleted. Disable it instead: its keys are then refused.`,
    );
  }
}

export function groupNotFound(id: string): Error {
  return problem('group_not_found', `There is no group "${id}".`);
}

async function lock(client: PoolClient, id: string): Promise<Row> {
  const { rows } = await client.query<Row>(`select ${columns} from groups where id = $1 for update`, [id]);
  if (!rows[0]) throw groupNotFound(id);
  return rows[0];
}

/** What goes with a group, so that it can be told, and made again by hand. */
async function belongings(client: PoolClient, id: string): Promise<NotedState> {
  const { rows } = await client.query<{ channels: unknown; models: unknown; aliases: unknown }>(
    `select
       (select coalesce(json_object_agg(id, base_url order by id), '{}') from channels where group_id = $1) as channels,
       array(select model_id from group_models where group_id = $1 order by position, model_id) as models,
       (select coalesce(json_object_agg(alias, model_id order by alias), '{}') from aliases where group_id = $1) as aliases`,
    [id],
  );
  return { ...only(rows) };
}

function subjectOf(row: Row) {
  return { kind: 'group', id: row.id, name: row.display_name } as const;
}

function stateOf(row: Row): NotedState {
  return {
    display_name: row.display_name,
    vendor: row.vendor_id,
    kind: row.kind,
    multiplier: formatMultiplier(row.multiplier),
    pass_through: row.pass_through,
    enabled: row.enabled,
  };
}

function checked(input: GroupChange): (string | number | boolean | null)[] {
  return [
    input.displayName === undefined ? null : checkName(input.displayName, "A group's name"),
    input.kind === undefined ? null : checkOneOf(input.kind, kinds, 'The kind'),
    input.multiplier === undefined
      ? null
      : checkWhole(input.multiplier, 0, maxMultiplier, 'The multiplier, in ten-thousandths,'),
    input.passThrough ?? null,
    input.enabled ?? null,
  ];
}

function view(row: Row): GroupView {
  return {
    id: row.id,
    displayName: row.display_name,
    vendorId: row.vendor_id,
    kind: row.kind,
    multiplier: row.multiplier,
    passThrough: row.pass_through,
    enabled: row.enabled,
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
  };
}
