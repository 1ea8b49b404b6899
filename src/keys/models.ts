import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { nearNames } from '../base/near-names.ts';
import { keyBounds } from './input.ts';

/** What a group offers to a key's list of allowed models. */
interface GroupNames {
  readonly models: ReadonlySet<string>;
  /** Familiar name → canonical id. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** @throws AppError `group_not_found` naming near ones */
export async function requireGroup(client: pg.ClientBase | pg.Pool, groupId: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>('select id from groups order by id');
  if (rows.some((row) => row.id === groupId)) return;
  const near = nearNames(
    groupId,
    rows.map((row) => row.id),
  );
  throw new AppError('group_not_found', `There is no group "${groupId.slice(0, 64)}".${nearText(near)}`);
}

/** A group that customers are offered: enabled, with a channel. @throws AppError `group_not_found` */
export async function requireOffer(client: pg.ClientBase | pg.Pool, groupId: string): Promise<void> {
  const { rowCount } = await client.query(
    `select 1 from groups g where g.id = $1 and g.enabled
       and exists (select 1 from channels c where c.group_id = g.id and c.enabled)`,
    [groupId],
  );
  if (rowCount === 0) throw new AppError('group_not_found', `No group "${groupId.slice(0, 64)}" is offered here.`);
}

/**
 * The canonical ids for a list of names or aliases, without repeats, in the order given.
 *
 * @throws AppError `model_not_in_group` naming near ones; `key_input_invalid`
 */
export async function canonicalModels(
  client: pg.ClientBase | pg.Pool,
  groupId: string,
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0)
    throw new AppError(
      'key_input_invalid',
      'allowed_models must name a model, or be null for every model of the group.',
    );
  if (names.length > keyBounds.allowedModels)
    throw new AppError('key_input_invalid', `allowed_models must name at most ${keyBounds.allowedModels} models.`);
  return resolveModels(groupId, names, await readGroupNames(client, groupId));
}

/** The decision, pure. */
export function resolveModels(groupId: string, names: readonly string[], group: GroupNames): string[] {
  const canonical = new Set<string>();
  for (const name of names) {
    const id = group.models.has(name) ? name : group.aliases.get(name);
    if (id === undefined) {
      const near = nearNames(name, [...group.models, ...group.aliases.keys()]);
      const shown = name.slice(0, keyBounds.modelNameLength);
      throw new AppError('model_not_in_group', `The group ${groupId} has no model "${shown}".${nearText(near)}`);
    }
    canonical.add(id);
  }
  return [...canonical];
}

async function readGroupNames(client: pg.ClientBase | pg.Pool, groupId: string): Promise<GroupNames> {
  const { rows } = await client.query<{ name: string; model_id: string }>(
    `select model_id as name, model_id from group_models where group_id = $1
     union all select alias, model_id from aliases where group_id = $1`,
    [groupId],
  );
  return {
    models: new Set(rows.filter((row) => row.name === row.model_id).map((row) => row.name)),
    aliases: new Map(rows.map((row) => [row.name, row.model_id])),
  };
}

function nearText(near: readonly string[]): string {
  return near.length === 0 ? '' : ` Near it: ${near.join(', ')}.`;
}
