import { AsyncLocalStorage } from 'node:async_hooks';
import type { BetterAuthOptions } from 'better-auth';
import { type AdapterFactory, type CleanedWhere, createAdapterFactory } from 'better-auth/adapters';
import type pg from 'pg';
import { type Actor, systemActor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { digestText } from './digest.ts';

/** What the calls of the sign-in library inside `within` share. */
interface Scope {
  /** Its statements run on this connection, in the caller's transaction. Absent: each for itself. */
  readonly client?: pg.PoolClient;
  /** Who calls; absent: the program itself. */
  readonly actor?: Actor;
  /** The hash of a password that the caller has just verified: it is not derived a second time. */
  readonly provenHash?: string | null;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Runs calls of the sign-in library in the caller's transaction. */
export function within<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
  return scopes.run(scope, work);
}

/** Whether this very password hash was verified by whoever calls. */
export function isProven(hash: string): boolean {
  return scopes.getStore()?.provenHash === hash;
}

/** Called in the transaction that makes the account, by whatever way of signing in. */
export type OnAccountMade = (
  client: pg.PoolClient,
  account: { readonly id: string; readonly name: string; readonly email: string },
  actor: Actor,
) => Promise<void>;

export type AuthDatabase = AdapterFactory<BetterAuthOptions>;

type Row = Record<string, unknown>;

/** Bearer secrets by table: hashed on their way in, never stored as they are. */
const hashedColumn: Readonly<Record<string, string>> = { sessions: 'token', verifications: 'identifier' };
/** Tokens of identity providers, which nothing here needs after the sign-in. */
const droppedColumns: readonly string[] = ['access_token', 'refresh_token', 'id_token'];

const comparisons: Readonly<Record<string, string>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' };

/**
 * The sign-in library's way to the database. It keeps three promises for every way of signing in at once: what a session
 * or a link is opened with is stored as a hash; a session is opened only for an active account with a verified address;
 * an account never comes into being without what belongs to it.
 */
export function authDatabase(pool: pg.Pool, onAccountMade: OnAccountMade): AuthDatabase {
  const here = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = scopes.getStore()?.client;
    return client
      ? work(client)
      : inTransaction(pool, (fresh) => within({ ...scopes.getStore(), client: fresh }, () => work(fresh)));
  };
  const run = async (text: string, values: unknown[]): Promise<pg.QueryResult<Row>> =>
    (scopes.getStore()?.client ?? pool).query<Row>(text, values);
  return (options) => {
    const adapter: ReturnType<AuthDatabase> = createAdapterFactory({
      config: {
        adapterId: 'lodge',
        supportsBooleans: true,
        supportsDates: true,
        supportsJSON: true,
        // Statements find the transaction's connection by the scope.
        transaction: (work) => here(() => work(adapter)),
      },
      adapter: ({ getFieldName }) => ({
        create: (input) => here(async (client) => create(client, input.model, input.data, onAccountMade) as never),
        findOne: async ({ model, where }) => ((await select(run, model, where, 'limit 1'))[0] ?? null) as never,
        findMany: async ({ model, where = [], limit, offset, sortBy }) => {
          const column = sortBy ? quoted(getFieldName({ model, field: sortBy.field })) : '';
          const order = sortBy ? `order by ${column} ${sortBy.direction === 'desc' ? 'desc' : 'asc'}` : '';
          const paging = `limit ${Number(limit)} offset ${Number(offset ?? 0)}`;
          return (await select(run, model, where, `${order} ${paging}`)) as never;
        },
        update: async ({ model, where, update: data }) =>
          ((await update(run, model, where, data as Row))[0] ?? null) as never,
        updateMany: async ({ model, where, update: data }) => (await update(run, model, where, data)).length,
        delete: async ({ model, where }) => void (await remove(run, model, where)),
        deleteMany: async ({ model, where }) => (await remove(run, model, where)).length,
        count: async ({ model, where = [] }) => (await select(run, model, where, '')).length,
        consumeOne: async ({ model, where }) => ((await remove(run, model, where))[0] ?? null) as never,
      }),
    })(options);
    return adapter;
  };
}

type Run = (text: string, values: unknown[]) => Promise<pg.QueryResult<Row>>;

async function create(client: pg.PoolClient, table: string, data: Row, onAccountMade: OnAccountMade): Promise<Row> {
  if (table === 'sessions') await requireOpen(client, String(data['account_id']));
  const kept = stored(table, data);
  const columns = Object.keys(kept);
  const places = columns.map((_column, index) => `$${index + 1}`);
  const { rows } = await client.query<Row>(
    `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values (${places.join(', ')}) returning *`,
    Object.values(kept),
  );
  const made = rows[0] ?? {};
  if (table === 'accounts') {
    const { id, name, email } = made;
    const account = { id: String(id), name: String(name), email: String(email) };
    await onAccountMade(client, account, scopes.getStore()?.actor ?? systemActor);
  }
  return shown(table, made, data[hashedColumn[table] ?? '']);
}

/** The one door that every way of signing in goes through. */
async function requireOpen(client: pg.PoolClient, accountId: string): Promise<void> {
  const { rows } = await client.query<{ open: boolean }>(
    `select state = 'active' and email_verified as open from accounts where id = $1 for share`,
    [accountId],
  );
  if (!rows[0]?.open) throw new AppError('sign_in_failed', 'This account is disabled, or its address is unverified.');
}

async function select(run: Run, table: string, where: readonly CleanedWhere[], rest: string): Promise<Row[]> {
  const { condition, values } = conditionOf(table, where, 0);
  const { rows } = await run(`select * from ${quoted(table)} where ${condition} ${rest}`, values);
  return rows.map((row) => shown(table, row, secretIn(table, where)));
}

async function update(run: Run, table: string, where: readonly CleanedWhere[], data: Row): Promise<Row[]> {
  const kept = stored(table, data);
  const columns = Object.keys(kept);
  const { condition, values } = conditionOf(table, where, columns.length);
  const changes = columns.map((column, index) => `${quoted(column)} = $${index + 1}`);
  const { rows } = await run(`update ${quoted(table)} set ${changes.join(', ')} where ${condition} returning *`, [
    ...Object.values(kept),
    ...values,
  ]);
  return rows.map((row) => shown(table, row, secretIn(table, where)));
}

async function remove(run: Run, table: string, where: readonly CleanedWhere[]): Promise<Row[]> {
  const { condition, values } = conditionOf(table, where, 0);
  const { rows } = await run(`delete from ${quoted(table)} where ${condition} returning *`, values);
  return rows.map((row) => shown(table, row, secretIn(table, where)));
}

/** `places` are taken already. An operator that is not known here stops the call rather than widening it. */
function conditionOf(table: string, where: readonly CleanedWhere[], places: number) {
  const values: unknown[] = [];
  const parts = where.map(({ field, value, operator, connector }) => {
    if (connector !== 'AND') throw new TypeError(`no ${connector} in a condition on ${table}`);
    const secret = field === hashedColumn[table];
    if (value === null) return `${quoted(field)} is ${operator === 'ne' ? 'not ' : ''}null`;
    if (operator === 'in' && Array.isArray(value)) {
      values.push(secret ? value.map((each) => digestText(String(each))) : value);
      return `${quoted(field)} = any($${places + values.length})`;
    }
    const sign = comparisons[operator ?? 'eq'];
    if (sign === undefined) throw new TypeError(`no operator ${operator} in a condition on ${table}`);
    values.push(secret ? digestText(String(value)) : value);
    return `${quoted(field)} ${sign} $${places + values.length}`;
  });
  return { condition: parts.length === 0 ? 'true' : parts.join(' and '), values };
}

function stored(table: string, data: Row): Row {
  const kept = { ...data };
  if (table === 'credentials') for (const column of droppedColumns) delete kept[column];
  const column = hashedColumn[table];
  const value = column === undefined ? undefined : kept[column];
  if (column !== undefined && typeof value === 'string') kept[column] = digestText(value);
  return kept;
}

/** The secret that was asked by: the library goes on with it, and nothing else could know it. */
function secretIn(table: string, where: readonly CleanedWhere[]): unknown {
  return where.find(({ field, operator }) => field === hashedColumn[table] && operator === 'eq')?.value;
}

function shown(table: string, row: Row, secret: unknown): Row {
  const column = hashedColumn[table];
  return column === undefined || typeof secret !== 'string' ? row : { ...row, [column]: secret };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
