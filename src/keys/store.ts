import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { checkKey } from '../base/key-format.ts';
import { inTransaction } from '../db/index.ts';
import { disableKey } from './disable.ts';
import { type ColumnValues, columnsOfChange, type KeyChange, type NewKeyInput } from './input.ts';
import { type LeakInput, type LeakReport, reportLeak } from './leak.ts';
import { type KeyFilter, type KeyPage, listKeys } from './list.ts';
import { readMark } from './marks.ts';
import { canonicalModels, requireGroup, requireOffer } from './models.ts';
import { settlePlace } from './owner.ts';
import { type KeyParts, type KeyStoreOptions, partsOf } from './parts.ts';
import { type RecognisedKey, recogniseKeys } from './recognise.ts';
import { type KeyScope, mayEnable, sightOf } from './scope.ts';
import { tellOwner } from './tell.ts';
import { type KeyView, selectViews, type ViewRow, viewOfRow } from './view.ts';
import {
  changeKey,
  disablingColumns,
  enablingColumns,
  insertKey,
  keyNotFound,
  type LockedKey,
  lockKey,
  placeOf,
  refuseDeleted,
} from './write.ts';

export interface CreatedKey {
  readonly key: KeyView;
  /** The whole key: shown now, kept nowhere. */
  readonly secret: string;
}

/**
 * Keys as their owners and the operator manage them. A key is named by its id or its public prefix; every call brings the
 * scope that it sees. What is out of sight is answered as if it were not there. Every change stands in the audit log.
 * Codes of its AppErrors: `keyProblems` in `problems.ts`.
 */
export interface KeyStore {
  create(organizationId: string, scope: KeyScope, input: NewKeyInput, actor: Actor): Promise<CreatedKey>;
  list(scope: KeyScope, filter: KeyFilter): Promise<KeyPage>;
  show(scope: KeyScope, reference: string): Promise<KeyView>;
  /** Changes what is named and leaves the rest. */
  set(scope: KeyScope, reference: string, change: KeyChange, actor: Actor): Promise<KeyView>;
  enable(scope: KeyScope, reference: string, actor: Actor): Promise<KeyView>;
  /** `reason` is shown to everybody who sees the key, and told to its owner when that is somebody else. */
  disable(scope: KeyScope, reference: string, actor: Actor, reason?: string | null): Promise<KeyView>;
  /** Final: the row stays, so that callers of the key are told what happened. Deleting twice is no error. */
  delete(scope: KeyScope, reference: string, actor: Actor): Promise<KeyView>;
  /** Puts a key that became known to others out of use, and makes its successor. */
  reportLeak(scope: KeyScope, reference: string, input: LeakInput, actor: Actor): Promise<LeakReport>;
  /** The keys of this site inside any text, as far as the scope sees them. Nothing of the text is kept. */
  recognise(scope: KeyScope, text: string): Promise<readonly RecognisedKey[]>;
}

export function createKeyStore(options: KeyStoreOptions): KeyStore {
  const parts = partsOf(options);
  const { pool, site, clock } = parts;
  const change = changerOf(parts);
  return {
    create: (organizationId, scope, input, actor) => create(parts, { organizationId, scope, input, actor }),
    list: (scope, filter) =>
      listKeys(pool, scope, { ...filter, search: filter.search && prefixIn(filter.search, site) }, clock.now()),
    async show(scope, reference) {
      const { rows } = await pool.query<ViewRow>(
        `${selectViews('keys')} where (k.organization_id = $1 or $1::text is null) and (k.id = $2 or k.prefix = $2)`,
        [scope.organizationId, referenceOf(reference, site)],
      );
      const row = rows[0];
      if (row === undefined || sightOf(scope, placeOf(row)) === 'hidden') throw keyNotFound();
      return viewOfRow(row, clock.now());
    },
    set: (scope, reference, input, actor) =>
      change(scope, reference, async (client, key) => {
        refuseDeleted(key);
        const columns = await columnsWithModels(client, key.group_id, input, clock.now());
        if (Object.keys(columns).length === 0) return false;
        await changeKey(client, key, columns, { actor, action: 'key.changed' });
        return true;
      }),
    enable: (scope, reference, actor) =>
      change(scope, reference, async (client, key) => {
        if (key.state === 'enabled') return false;
        refuseDeleted(key);
        await refuseEnabling(client, scope, key);
        await changeKey(client, key, enablingColumns, { actor, action: 'key.enabled' });
        const { disabled_by: mark } = await disablingColumns(client, key, actor, null);
        await tellOwner(client, options.telling, { key, what: 'enabled', mark: String(mark), reason: '' }, actor);
        return true;
      }),
    disable: (scope, reference, actor, reason = null) =>
      change(scope, reference, async (client, key) => {
        if (key.state === 'disabled') return false;
        refuseDeleted(key);
        await disableKey(client, options.telling, key, { actor, action: 'key.disabled', reason });
        return true;
      }),
    delete: (scope, reference, actor) =>
      change(scope, reference, async (client, key) => {
        if (key.state === 'deleted') return false;
        await changeKey(client, key, { state: 'deleted' }, { actor, action: 'key.deleted' });
        return true;
      }),
    reportLeak: (scope, reference, input, actor) =>
      reportLeak(parts, scope, referenceOf(reference, site), { input, actor }),
    recognise: (scope, text) => recogniseKeys(parts, scope, text),
  };
}

/** `apply` says whether it has changed anything. */
function changerOf(parts: KeyParts) {
  return async (
    scope: KeyScope,
    reference: string,
    apply: (client: pg.PoolClient, key: LockedKey) => Promise<boolean>,
  ): Promise<KeyView> => {
    const { view, changed } = await inTransaction(parts.pool, async (client) => {
      const key = await lockKey(client, scope, referenceOf(reference, parts.site));
      const changed = await apply(client, key);
      return { view: await parts.read(client, key.id), changed };
    });
    if (changed) parts.onChange?.(view.id);
    return view;
  };
}

interface Creation {
  readonly organizationId: string;
  readonly scope: KeyScope;
  readonly input: NewKeyInput;
  readonly actor: Actor;
}

async function create(parts: KeyParts, { organizationId, scope, input, actor }: Creation): Promise<CreatedKey> {
  const { accountId = null, projectId = null, groupId } = input;
  const created = await inTransaction(parts.pool, async (client) => {
    await settlePlace(client, organizationId, scope, { accountId, projectId });
    if (scope.member === null) await requireGroup(client, groupId);
    else await requireOffer(client, groupId);
    const columns = await columnsWithModels(client, groupId, input, parts.clock.now());
    const place = { organization_id: organizationId, account_id: accountId, project_id: projectId, group_id: groupId };
    const row = { ...columns, ...place, name: String(columns['name']) };
    const { id, secret } = await insertKey(client, parts, row, actor);
    return { key: await parts.read(client, id), secret };
  });
  parts.onChange?.(created.key.id);
  return created;
}

async function refuseEnabling(client: pg.PoolClient, scope: KeyScope, key: LockedKey): Promise<void> {
  const mark = readMark(key.disabled_by);
  const verdict = mayEnable(scope, placeOf(key), mark);
  if (verdict === 'yes') return;
  if (verdict === 'by_staff')
    throw new AppError('key_disabled_by_other', 'Support put this key out of use. Ask support to enable it again.');
  const { rows } = await client.query<{ name: string }>('select name from accounts where id = $1', [mark?.accountId]);
  const who = rows[0]?.name ?? 'An administrator';
  throw new AppError('key_disabled_by_other', `${who} put this key out of use. Ask them to enable it again.`);
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

/** Somebody who puts a leaked key out of use may name it by the whole of it. */
function referenceOf(reference: string, site: string): string {
  // Postgres refuses NUL in a text, and no id or prefix holds one.
  return prefixIn(reference, site).slice(0, 200).replaceAll('\0', '');
}

function prefixIn(text: string, site: string): string {
  return checkKey(text, site).prefix ?? text;
}
