import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { type Clock, systemClock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { checkKey, newKey } from '../base/key-format.ts';
import { inTransaction } from '../db/index.ts';
import { type ColumnValues, columnsOfChange, type KeyChange, type NewKeyInput } from './input.ts';
import { type KeyFilter, type KeyPage, listKeys } from './list.ts';
import { canonicalModels, requireGroup } from './models.ts';
import { type KeyView, selectViews, type ViewRow, viewOfRow } from './view.ts';

/** The site's own organization: demo keys and those that the operator makes belong to it. */
export const siteOrganizationId = 'org_site';

export interface KeyStoreOptions {
  readonly pool: pg.Pool;
  /** The keyed hash under which keys are stored. */
  readonly hashKey: (secret: string) => Buffer;
  /** Fixed part of new keys: `LODGE_KEY_SITE`. */
  readonly site: string;
  /** Told after each committed change, so that this node's gateway knows at once; others hear of it by the database. */
  readonly onChange?: (keyId: string) => void;
  readonly clock?: Clock;
}

export interface CreatedKey {
  readonly key: KeyView;
  /** The whole key: shown now, kept nowhere. */
  readonly secret: string;
}

/**
 * Keys as their owners and the operator manage them. A key is named by its id or its public prefix; every call names the
 * organization, whose keys are all that it sees. Codes of its AppErrors: `key_not_found`, `key_deleted`, `key_input_invalid`,
 * `group_not_found`, `model_not_in_group`.
 */
export interface KeyStore {
  create(organizationId: string, input: NewKeyInput): Promise<CreatedKey>;
  list(organizationId: string, filter: KeyFilter): Promise<KeyPage>;
  show(organizationId: string, reference: string): Promise<KeyView>;
  /** Changes what is named and leaves the rest. */
  set(organizationId: string, reference: string, change: KeyChange): Promise<KeyView>;
  enable(organizationId: string, reference: string): Promise<KeyView>;
  disable(organizationId: string, reference: string): Promise<KeyView>;
  /** Final: the row stays, so that callers of the key are told what happened. Deleting twice is no error. */
  delete(organizationId: string, reference: string): Promise<KeyView>;
}

/** Two keys with the same 8 public characters: once in 10^8 at a million keys. */
const mostAttempts = 5;

export function createKeyStore(options: KeyStoreOptions): KeyStore {
  const { pool } = options;
  const clock = options.clock ?? systemClock;

  const read = async (client: pg.ClientBase | pg.Pool, id: string): Promise<KeyView> => {
    const { rows } = await client.query<ViewRow>(`${selectViews('keys')} where k.id = $1`, [id]);
    if (!rows[0]) throw keyNotFound();
    return viewOfRow(rows[0], clock.now());
  };

  const change = async (
    organizationId: string,
    reference: string,
    decide: (key: Locked, client: pg.PoolClient) => Promise<ColumnValues | null>,
  ): Promise<KeyView> => {
    const { view, changed } = await inTransaction(pool, async (client) => {
      const key = await lockKey(client, organizationId, prefixOf(reference, options.site));
      const columns = await decide(key, client);
      if (columns) await update(client, key.id, columns);
      return { view: await read(client, key.id), changed: columns !== null };
    });
    if (changed) options.onChange?.(view.id);
    return view;
  };

  const move = (state: 'enabled' | 'disabled' | 'deleted') => (organizationId: string, reference: string) =>
    change(organizationId, reference, async (key) => {
      if (key.state === state) return null;
      refuseDeleted(key);
      return { state };
    });

  return {
    async create(organizationId, input) {
      const created = await inTransaction(pool, async (client) => {
        await requireGroup(client, input.groupId);
        const columns = await columnsWithModels(client, input.groupId, input, clock.now());
        const owner = { organization_id: organizationId, project_id: input.projectId ?? null, group_id: input.groupId };
        const { id, secret } = await insert(client, options, { ...columns, ...owner });
        return { key: await read(client, id), secret };
      });
      options.onChange?.(created.key.id);
      return created;
    },
    list: (organizationId, filter) => listKeys(pool, organizationId, filter, clock.now()),
    async show(organizationId, reference) {
      const { rows } = await pool.query<ViewRow>(
        `${selectViews('keys')} where k.organization_id = $1 and (k.id = $2 or k.prefix = $2)`,
        [organizationId, prefixOf(reference, options.site)],
      );
      if (!rows[0]) throw keyNotFound();
      return viewOfRow(rows[0], clock.now());
    },
    set: (organizationId, reference, input) =>
      change(organizationId, reference, async (key, client) => {
        refuseDeleted(key);
        const columns = await columnsWithModels(client, key.group_id, input, clock.now());
        return Object.keys(columns).length === 0 ? null : columns;
      }),
    enable: move('enabled'),
    disable: move('disabled'),
    delete: move('deleted'),
  };
}

async function columnsWithModels(
  client: pg.PoolClient,
  groupId: string,
  change: KeyChange,
  nowMs: number,
): Promise<ColumnValues> {
  const columns = columnsOfChange(change, nowMs);
  if (change.allowedModels === undefined) return columns;
  const names = change.allowedModels;
  return { ...columns, allowed_models: names === null ? null : await canonicalModels(client, groupId, names) };
}

interface Locked {
  readonly id: string;
  readonly prefix: string;
  readonly state: 'enabled' | 'disabled' | 'deleted';
  readonly group_id: string;
}

async function lockKey(client: pg.PoolClient, organizationId: string, reference: string): Promise<Locked> {
  const { rows } = await client.query<Locked>(
    'select id, prefix, state, group_id from keys where organization_id = $1 and (id = $2 or prefix = $2) for update',
    [organizationId, reference],
  );
  if (!rows[0]) throw keyNotFound();
  return rows[0];
}

async function update(client: pg.PoolClient, id: string, columns: ColumnValues): Promise<void> {
  const names = Object.keys(columns);
  const sets = names.map((name, i) => `${name} = $${i + 2}`);
  // Names come from this module's own tables, never from a caller.
  await client.query(`update keys set ${[...sets, 'updated_at = now()'].join(', ')} where id = $1`, [
    id,
    ...Object.values(columns),
  ]);
}

async function insert(
  client: pg.PoolClient,
  options: KeyStoreOptions,
  columns: ColumnValues,
): Promise<{ id: string; secret: string }> {
  const names = ['id', 'prefix', 'hash', ...Object.keys(columns)];
  const places = names.map((_, i) => `$${i + 1}`);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const { secret, prefix } = newKey(options.site);
    const id = `key_${randomBytes(12).toString('hex')}`;
    const { rowCount } = await client.query(
      `insert into keys (${names.join(', ')}) values (${places.join(', ')}) on conflict do nothing`,
      [id, prefix, options.hashKey(secret), ...Object.values(columns)],
    );
    if (rowCount === 1) return { id, secret };
  }
  throw new Error('no free prefix was found for a new key');
}

/** Somebody who puts a leaked key out of use may name it by the whole of it. */
function prefixOf(reference: string, site: string): string {
  const { prefix } = checkKey(reference, site);
  // Postgres refuses NUL in a text, and no id or prefix holds one.
  return prefix ?? reference.slice(0, 200).replaceAll('\0', '');
}

function refuseDeleted(key: Locked): void {
  if (key.state === 'deleted')
    throw new AppError('key_deleted', `The key ${key.prefix} was deleted, which is final. Create a new one.`);
}

function keyNotFound(): AppError {
  return new AppError('key_not_found', 'There is no such key. Name it by its id or its public prefix.');
}
