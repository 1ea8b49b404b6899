import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../base/actor.ts';
import type { ModelMode } from '../gateway/ports.ts';
import { type NotedState, note } from './note.ts';
import { checkModelName, checkName, checkOneOf, checkWhole, problem } from './problems.ts';
import { brokenConstraint, inTransaction, limitOf, only, type Page, type Queryable } from './sql.ts';
import { vendorNotFound } from './vendor-store.ts';

export interface ModelView {
  readonly vendorId: string;
  readonly id: string;
  readonly displayName: string;
  readonly mode: ModelMode;
  readonly releasedAtMs: number;
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface ModelInput {
  readonly vendorId: string;
  /** As the vendor names it: it goes upstream letter for letter. */
  readonly id: string;
  /** The id when left out. */
  readonly displayName?: string | undefined;
  readonly mode?: ModelMode | undefined;
  /** Now when left out. */
  readonly releasedAtMs?: number | undefined;
  readonly maxInputTokens?: number | null | undefined;
  readonly maxOutputTokens?: number | null | undefined;
  readonly inputs?: readonly string[] | undefined;
  readonly outputs?: readonly string[] | undefined;
}

export type ModelChange = Partial<Omit<ModelInput, 'vendorId' | 'id'>>;

interface Row {
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

const columns = 'vendor_id, id, display_name, mode, released_at, max_input_tokens, max_output_tokens, inputs, outputs';
const modes = ['chat', 'completion', 'embedding', 'image', 'audio', 'moderation'] as const;
const modalities = ['text', 'image', 'audio', 'video', 'file', 'embedding'] as const;
const maxTokens = 2_000_000_000;

/** By vendor, then id. `after` is `<vendor>/<id>`, as `modelPlace` gives it. */
export async function listModels(
  db: Queryable,
  filter: Page & { readonly vendorId?: string | undefined } = {},
): Promise<ModelView[]> {
  const [vendor = '', ...rest] = (filter.after ?? '').split('/');
  const { rows } = await db.query<Row>(
    `select ${columns} from models where (vendor_id, id) > ($1, $2) and ($3::text is null or vendor_id = $3)
     order by vendor_id, id limit $4`,
    [vendor, rest.join('/'), filter.vendorId ?? null, limitOf(filter)],
  );
  return rows.map(view);
}

export function modelPlace(model: Pick<ModelView, 'vendorId' | 'id'>): string {
  return `${model.vendorId}/${model.id}`;
}

/** @throws AppError `model_not_found` */
export async function getModel(db: Queryable, vendorId: string, id: string): Promise<ModelView> {
  const { rows } = await db.query<Row>(`select ${columns} from models where vendor_id = $1 and id = $2`, [
    vendorId,
    id,
  ]);
  if (!rows[0]) throw modelNotFound(vendorId, id);
  return view(rows[0]);
}

/** @throws AppError `model_exists`, `vendor_not_found`, `catalogue_value_invalid` */
export async function addModel(pool: Pool, actor: Actor, input: ModelInput): Promise<ModelView> {
  const id = checkModelName(input.id);
  const values = checked({ ...input, displayName: input.displayName ?? id });
  try {
    return await inTransaction(pool, async (client) => {
      const { rows } = await client.query<Row>(
        `insert into models (vendor_id, id, display_name, mode, released_at, max_input_tokens, max_output_tokens, inputs, outputs)
         values ($1, $2, $3, coalesce($4, 'chat'), coalesce($5, now()), $6, $7, coalesce($8, '{text}'::text[]), coalesce($9, '{text}'::text[]))
         on conflict do nothing returning ${columns}`,
        [input.vendorId, id, ...values],
      );
      if (!rows[0]) throw problem('model_exists', `The vendor ${input.vendorId} has a model ${id} already.`);
      await note(client, actor, 'created', subjectOf(rows[0]), null, stateOf(rows[0]));
      return view(rows[0]);
    });
  } catch (error) {
    if (brokenConstraint(error) === 'models_vendor_id_fkey') throw vendorNotFound(input.vendorId);
    throw error;
  }
}

/** @throws AppError `model_not_found`, `catalogue_value_invalid` */
export async function setModel(
  pool: Pool,
  actor: Actor,
  vendorId: string,
  id: string,
  change: ModelChange,
): Promise<ModelView> {
  const values = checked(change);
  return inTransaction(pool, async (client) => {
    const before = await lock(client, vendorId, id);
    const { rows } = await client.query<Row>(
      `update models set display_name = coalesce($3, display_name), mode = coalesce($4, mode),
         released_at = coalesce($5, released_at),
         max_input_tokens = case when $10 then $6 else max_input_tokens end,
         max_output_tokens = case when $11 then $7 else max_output_tokens end,
         inputs = coalesce($8, inputs), outputs = coalesce($9, outputs)
       where vendor_id = $1 and id = $2 returning ${columns}`,
      [vendorId, id, ...values, change.maxInputTokens !== undefined, change.maxOutputTokens !== undefined],
    );
    const row = only(rows);
    await note(client, actor, 'changed', subjectOf(row), stateOf(before), stateOf(row));
    return view(row);
  });
}

/**
 * Removes a model that no group lists. Its prices stay, because request records name them.
 *
 * @throws AppError `model_not_found`, `model_in_use`
 */
export async function removeModel(pool: Pool, actor: Actor, vendorId: string, id: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    // Locked first, so that a group which takes the model meanwhile waits or wins.
    const row = await lock(client, vendorId, id);
    const users = await client.query<{ group_id: string }>(
      'select group_id from group_models where vendor_id = $1 and model_id = $2 order by group_id limit 10',
      [vendorId, id],
    );
    if (users.rows.length > 0) {
      const groups = users.rows.map((user) => user.group_id).join(', ');
      throw problem(
        'model_in_use',
        `The model ${id} is listed by the groups ${groups}: take it off their lists first.`,
      );
    }
    await client.query('delete from models where vendor_id = $1 and id = $2', [vendorId, id]);
    await note(client, actor, 'deleted', subjectOf(row), stateOf(row), null);
  });
}

export function modelNotFound(vendorId: string, id: string): Error {
  return problem('model_not_found', `The vendor ${vendorId} has no model "${id}" in the catalogue. Add it first.`);
}

async function lock(client: PoolClient, vendorId: string, id: string): Promise<Row> {
  const { rows } = await client.query<Row>(
    `select ${columns} from models where vendor_id = $1 and id = $2 for update`,
    [vendorId, id],
  );
  if (!rows[0]) throw modelNotFound(vendorId, id);
  return rows[0];
}

function subjectOf(row: Row) {
  return { kind: 'model', id: `${row.vendor_id}/${row.id}`, name: row.display_name } as const;
}

function stateOf({ vendor_id: vendor, id, ...state }: Row): NotedState {
  return { vendor, id, ...state };
}

function checked(input: ModelChange): unknown[] {
  const tokens = (value: number | null | undefined, what: string) =>
    value === undefined || value === null ? null : checkWhole(value, 1, maxTokens, what);
  const kinds = (values: readonly string[] | undefined, what: string) =>
    values === undefined ? null : [...new Set(values.map((value) => checkOneOf(value, modalities, what)))];
  const releasedAtMs = input.releasedAtMs;
  return [
    input.displayName === undefined ? null : checkName(input.displayName, "A model's name", 200),
    input.mode === undefined ? null : checkOneOf(input.mode, modes, 'The mode'),
    releasedAtMs === undefined
      ? null
      : new Date(checkWhole(releasedAtMs, 0, 8e12, 'The release time, in milliseconds,')),
    tokens(input.maxInputTokens, 'The largest input'),
    tokens(input.maxOutputTokens, 'The largest output'),
    kinds(input.inputs, 'An input modality'),
    kinds(input.outputs, 'An output modality'),
  ];
}

function view(row: Row): ModelView {
  return {
    vendorId: row.vendor_id,
    id: row.id,
    displayName: row.display_name,
    mode: row.mode,
    releasedAtMs: row.released_at.getTime(),
    maxInputTokens: row.max_input_tokens,
    maxOutputTokens: row.max_output_tokens,
    inputs: row.inputs,
    outputs: row.outputs,
  };
}
