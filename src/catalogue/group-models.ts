import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../base/actor.ts';
import { groupNotFound } from './group-store.ts';
import { modelNotFound } from './model-store.ts';
import { note } from './note.ts';
import { checkModelName, problem } from './problems.ts';
import { inTransaction, limitOf, only, type Page, type Queryable } from './sql.ts';

export interface AliasView {
  readonly groupId: string;
  /** A familiar name that clients may ask for. */
  readonly alias: string;
  /** The canonical id that goes upstream instead. */
  readonly modelId: string;
}

/** The most models one group may list; every key's `GET /v1/models` shows them all. */
const maxModels = 2_000;

/** Canonical ids in the order that lists show. @throws AppError `group_not_found` */
export async function listGroupModels(db: Queryable, groupId: string): Promise<string[]> {
  const { rows } = await db.query<{ models: string[] }>(
    `select array(select model_id from group_models m where m.group_id = g.id order by position, model_id) as models
     from groups g where g.id = $1`,
    [groupId],
  );
  if (!rows[0]) throw groupNotFound(groupId);
  return rows[0].models;
}

/**
 * Adds models to the end of a group's list; those that stand there stay where they are.
 *
 * @throws AppError `group_not_found`, `model_not_found`, `price_missing`, `alias_conflict`
 */
export async function addGroupModels(
  pool: Pool,
  actor: Actor,
  groupId: string,
  modelIds: readonly string[],
): Promise<void> {
  await changeModels(pool, actor, groupId, async (client, vendorId) => {
    await checkModels(client, groupId, vendorId, modelIds);
    await client.query(
      `insert into group_models (group_id, vendor_id, model_id, position)
       select $1, $2, id, (select coalesce(max(position), 0) from group_models where group_id = $1) + n
       from unnest($3::text[]) with ordinality as t(id, n)
       on conflict (group_id, model_id) do nothing`,
      [groupId, vendorId, unique(modelIds)],
    );
  });
}

/**
 * Makes these the group's models, in this order.
 *
 * @throws AppError `model_in_use` when an alias leads to one that would go, and the codes of `addGroupModels`
 */
export async function setGroupModels(
  pool: Pool,
  actor: Actor,
  groupId: string,
  modelIds: readonly string[],
): Promise<void> {
  await changeModels(pool, actor, groupId, async (client, vendorId) => {
    await checkModels(client, groupId, vendorId, modelIds);
    const ids = unique(modelIds);
    const gone = await client.query<{ model_id: string }>(
      'select model_id from group_models where group_id = $1 and model_id <> all($2)',
      [groupId, ids],
    );
    for (const { model_id } of gone.rows) await removeOne(client, groupId, model_id);
    await client.query(
      `insert into group_models (group_id, vendor_id, model_id, position)
       select $1, $2, id, n from unnest($3::text[]) with ordinality as t(id, n)
       on conflict (group_id, model_id) do update set position = excluded.position`,
      [groupId, vendorId, ids],
    );
  });
}

/** @throws AppError `group_not_found`, `model_not_in_group`, `model_in_use` */
export async function removeGroupModel(pool: Pool, actor: Actor, groupId: string, modelId: string): Promise<void> {
  await changeModels(pool, actor, groupId, (client) => removeOne(client, groupId, modelId));
}

/** @throws AppError `group_not_found` */
export async function listAliases(db: Queryable, groupId: string, page: Page = {}): Promise<AliasView[]> {
  const { rows } = await db.query<{ alias: string; model_id: string }>(
    'select alias, model_id from aliases where group_id = $1 and alias > $2 order by alias limit $3',
    [groupId, page.after ?? '', limitOf(page)],
  );
  if (rows.length === 0) await listGroupModels(db, groupId);
  return rows.map((row) => ({ groupId, alias: row.alias, modelId: row.model_id }));
}

/** @throws AppError `alias_exists` and the codes of `setAlias` */
export async function addAlias(pool: Pool, actor: Actor, alias: AliasView): Promise<void> {
  await putAlias(pool, actor, alias, false);
}

/**
 * Makes a familiar name lead to a model of the group, whether or not it led to another before.
 *
 * @throws AppError `group_not_found`, `model_not_in_group`, `alias_conflict`, `catalogue_value_invalid`
 */
export async function setAlias(pool: Pool, actor: Actor, alias: AliasView): Promise<void> {
  await putAlias(pool, actor, alias, true);
}

/** @throws AppError `alias_not_found` */
export async function removeAlias(pool: Pool, actor: Actor, groupId: string, alias: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ model_id: string }>(
      'delete from aliases where group_id = $1 and alias = $2 returning model_id',
      [groupId, alias],
    );
    if (!rows[0]) throw problem('alias_not_found', `The group ${groupId} has no alias "${alias}".`);
    await note(client, actor, 'deleted', aliasSubject(groupId, alias), { model: rows[0].model_id }, null);
  });
}

function aliasSubject(groupId: string, alias: string) {
  return { kind: 'alias', id: `${groupId}/${alias}`, name: alias } as const;
}

async function putAlias(
  pool: Pool,
  actor: Actor,
  { groupId, alias, modelId }: AliasView,
  replace: boolean,
): Promise<void> {
  checkModelName(alias);
  await inTransaction(pool, async (client) => {
    await lockGroup(client, groupId);
    const models = new Set(await listGroupModels(client, groupId));
    if (models.has(alias))
      throw problem(
        'alias_conflict',
        `"${alias}" is the id of a model of the group ${groupId}: it cannot lead to another.`,
      );
    if (!models.has(modelId))
      throw problem(
        'model_not_in_group',
        `The group ${groupId} does not list the model "${modelId}". Add it to the group first.`,
      );
    const known = await client.query<{ model_id: string }>(
      'select model_id from aliases where group_id = $1 and alias = $2',
      [groupId, alias],
    );
    const before = known.rows[0] ? { model: known.rows[0].model_id } : null;
    const { rowCount } = await client.query(
      `insert into aliases (group_id, alias, model_id) values ($1, $2, $3)
       on conflict (group_id, alias) do ${replace ? 'update set model_id = excluded.model_id' : 'nothing'}`,
      [groupId, alias, modelId],
    );
    if (rowCount === 0) throw problem('alias_exists', `The group ${groupId} has an alias "${alias}" already.`);
    const action = before === null ? 'created' : 'changed';
    await note(client, actor, action, aliasSubject(groupId, alias), before, { model: modelId });
  });
}

/** Changes a group's list of models and notes what it was and is. */
async function changeModels(
  pool: Pool,
  actor: Actor,
  groupId: string,
  work: (client: PoolClient, vendorId: string) => Promise<void>,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const vendorId = await lockGroup(client, groupId);
    const before = { models: await listGroupModels(client, groupId) };
    await work(client, vendorId);
    const after = { models: await listGroupModels(client, groupId) };
    await note(client, actor, 'changed', { kind: 'group', id: groupId }, before, after);
  });
}

/** Writers of one group's lists take turns: aliases and models must not meet under one name. */
async function lockGroup(client: PoolClient, groupId: string): Promise<string> {
  const { rows } = await client.query<{ vendor_id: string }>('select vendor_id from groups where id = $1 for update', [
    groupId,
  ]);
  if (!rows[0]) throw groupNotFound(groupId);
  return rows[0].vendor_id;
}

async function checkModels(client: PoolClient, groupId: string, vendorId: string, modelIds: readonly string[]) {
  const ids = unique(modelIds);
  if (ids.length > maxModels) throw problem('catalogue_value_invalid', `A group may list at most ${maxModels} models.`);
  const { rows } = await client.query<{ unknown: string | null; unpriced: string | null; taken: string | null }>(
    `select
       (select id from unnest($3::text[]) as t(id)
         where not exists (select from models m where m.vendor_id = $2 and m.id = t.id) limit 1) as unknown,
       (select id from unnest($3::text[]) as t(id)
         where not exists (select from prices p where p.vendor_id = $2 and p.model_id = t.id) limit 1) as unpriced,
       (select alias from aliases where group_id = $1 and alias = any($3) limit 1) as taken`,
    [groupId, vendorId, ids],
  );
  const { unknown, unpriced, taken } = only(rows);
  if (unknown !== null) throw modelNotFound(vendorId, unknown);
  if (unpriced !== null)
    throw problem(
      'price_missing',
      `No price is known for ${unpriced}, so its calls would be refused. Set a price first.`,
    );
  if (taken !== null)
    throw problem(
      'alias_conflict',
      `The group ${groupId} has an alias "${taken}": remove it before a model takes the name.`,
    );
}

async function removeOne(client: PoolClient, groupId: string, modelId: string): Promise<void> {
  const { rows } = await client.query<{ alias: string }>(
    'select alias from aliases where group_id = $1 and model_id = $2 order by alias limit 10',
    [groupId, modelId],
  );
  if (rows.length > 0)
    throw problem(
      'model_in_use',
      `The aliases ${rows.map((row) => row.alias).join(', ')} of the group ${groupId} lead to ${modelId}: remove or change them first.`,
    );
  const { rowCount } = await client.query('delete from group_models where group_id = $1 and model_id = $2', [
    groupId,
    modelId,
  ]);
  if (rowCount === 0) throw problem('model_not_in_group', `The group ${groupId} does not list the model "${modelId}".`);
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
