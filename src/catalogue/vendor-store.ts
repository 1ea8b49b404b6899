import type { Pool } from 'pg';
import type { Actor } from '../base/actor.ts';
import type { Family } from '../gateway/ports.ts';
import { type NotedState, note } from './note.ts';
import { checkName, checkOneOf, checkVendorId, problem } from './problems.ts';
import { brokenConstraint, inTransaction, limitOf, only, type Page, type Queryable } from './sql.ts';

export interface VendorView {
  readonly id: string;
  readonly displayName: string;
  readonly family: Family;
  readonly createdAtMs: number;
}

export interface VendorInput {
  readonly id: string;
  readonly displayName: string;
  /** Whose protocol it speaks. Cannot be changed later: groups and channels are built on it. */
  readonly family: Family;
}

interface Row {
  id: string;
  display_name: string;
  family: Family;
  created_at: Date;
}

const columns = 'id, display_name, family, created_at';
const families = ['openai', 'anthropic', 'gemini'] as const;

export async function listVendors(db: Queryable, page: Page = {}): Promise<VendorView[]> {
  const { rows } = await db.query<Row>(`select ${columns} from vendors where id > $1 order by id limit $2`, [
    page.after ?? '',
    limitOf(page),
  ]);
  return rows.map(view);
}

/** @throws AppError `vendor_not_found` */
export async function getVendor(db: Queryable, id: string): Promise<VendorView> {
  const { rows } = await db.query<Row>(`select ${columns} from vendors where id = $1`, [id]);
  if (!rows[0]) throw vendorNotFound(id);
  return view(rows[0]);
}

/** @throws AppError `vendor_exists`, `catalogue_value_invalid` */
export async function addVendor(pool: Pool, actor: Actor, input: VendorInput): Promise<VendorView> {
  const id = checkVendorId(input.id);
  const values = [
    id,
    checkName(input.displayName, "A vendor's name"),
    checkOneOf(input.family, families, 'The family'),
  ];
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Row>(
      `insert into vendors (id, display_name, family) values ($1, $2, $3) on conflict do nothing returning ${columns}`,
      values,
    );
    if (!rows[0]) throw problem('vendor_exists', `There is a vendor ${id} already.`);
    await note(client, actor, 'created', subjectOf(rows[0]), null, stateOf(rows[0]));
    return view(rows[0]);
  });
}

/** @throws AppError `vendor_not_found`, `catalogue_value_invalid` */
export async function setVendor(
  pool: Pool,
  actor: Actor,
  id: string,
  change: { readonly displayName: string },
): Promise<VendorView> {
  const name = checkName(change.displayName, "A vendor's name");
  return inTransaction(pool, async (client) => {
    const before = await lock(client, id);
    const { rows } = await client.query<Row>(
      `update vendors set display_name = $2 where id = $1 returning ${columns}`,
      [id, name],
    );
    const row = only(rows);
    await note(client, actor, 'changed', subjectOf(row), stateOf(before), stateOf(row));
    return view(row);
  });
}

/** @throws AppError `vendor_not_found`, `vendor_in_use` */
export async function removeVendor(pool: Pool, actor: Actor, id: string): Promise<void> {
  try {
    await inTransaction(pool, async (client) => {
      const row = await lock(client, id);
      await client.query('delete from vendors where id = $1', [id]);
      await note(client, actor, 'deleted', subjectOf(row), stateOf(row), null);
    });
  } catch (error) {
    if (brokenConstraint(error) === null) throw error;
    throw await vendorInUse(pool, id);
  }
}

export function vendorNotFound(id: string): Error {
  return problem('vendor_not_found', `There is no vendor "${id}".`);
}

async function lock(client: Queryable, id: string): Promise<Row> {
  const { rows } = await client.query<Row>(`select ${columns} from vendors where id = $1 for update`, [id]);
  if (!rows[0]) throw vendorNotFound(id);
  return rows[0];
}

function subjectOf(row: Row) {
  return { kind: 'vendor', id: row.id, name: row.display_name } as const;
}

function stateOf(row: Row): NotedState {
  return { display_name: row.display_name, family: row.family };
}

async function vendorInUse(db: Queryable, id: string): Promise<Error> {
  const { rows } = await db.query<{ groups: string[]; models: number }>(
    `select array(select id from groups where vendor_id = $1 order by id limit 10) as groups,
            (select count(*)::int from models where vendor_id = $1) as models`,
    [id],
  );
  const { groups, models } = only(rows);
  const users = [
    ...(groups.length > 0 ? [`the groups ${groups.join(', ')}`] : []),
    ...(models > 0 ? [`${models} models`] : []),
  ];
  return problem('vendor_in_use', `The vendor ${id} is used by ${users.join(' and ')}: remove these first.`);
}

function view(row: Row): VendorView {
  return { id: row.id, displayName: row.display_name, family: row.family, createdAtMs: row.created_at.getTime() };
}
