import { AppError } from '../base/errors.ts';
import { formatUsd } from '../base/money.ts';
import { parseRequestId } from '../base/request-id.ts';
import type { Database } from '../db/index.ts';
import { explainCost } from '../vendors/index.ts';
import { receivedAt } from './columns.ts';
import { type ChargeLine, factsOf, type RequestFacts } from './facts.ts';
import { readPrices } from './prices.ts';
import { type RequestRow, usageOf } from './rows.ts';

/** Every member that is given narrows the list; texts are compared whole. */
export interface RequestFilters {
  readonly organizationId?: string | undefined;
  readonly keyId?: string | undefined;
  readonly keyPrefix?: string | undefined;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  /** As asked, as routed or as served. */
  readonly model?: string | undefined;
  readonly tool?: string | undefined;
  readonly outcome?: string | undefined;
  /** Received at or after, in Unix milliseconds. */
  readonly sinceMs?: number | undefined;
  /** Received before. */
  readonly untilMs?: number | undefined;
}

/** The last request of a page: the next page begins behind it. */
export interface RequestPlace {
  readonly receivedAtMs: number;
  readonly id: string;
}

export interface RequestPage {
  readonly requests: readonly RequestFacts[];
  /** Null on the last page. */
  readonly next: RequestPlace | null;
}

/** A search for something rare over months of records ends here, with advice, and not in the pool's own timeout. */
const searchTimeoutMs = 5_000;
const femtoPerNano = 1_000_000n;

/**
 * Finds a request by its id, in any of the ways people write it. Reads one day's partition. Null: there is no record,
 * because none was made or its retention has passed.
 *
 * @throws AppError `request_id_invalid`
 */
export async function findRequest(database: Pick<Database, 'pool'>, text: string): Promise<RequestFacts | null> {
  const id = parseRequestId(text);
  if (id === null)
    throw new AppError(
      'request_id_invalid',
      'This is not a request id, or a character in it is wrong. It reads req_ and 28 letters and digits.',
    );
  const { rows } = await database.pool.query<RequestRow>(
    "select * from request_records where received_at = $1 and id = $2 order by outcome = 'open' limit 1",
    [receivedAt(id), id],
  );
  const row = rows[0];
  return row === undefined ? null : withChargeLines(database, row);
}

/** Adds what each token class cost, as long as the price version still stands. */
async function withChargeLines(database: Pick<Database, 'pool'>, row: RequestRow): Promise<RequestFacts> {
  const facts = factsOf(row);
  const usage = usageOf(row);
  if (row.price_id === null || usage === null || row.cost === 0n) return facts;
  const price = (await readPrices(database.pool, [row.price_id])).get(row.price_id);
  if (price === undefined) return facts;
  const explained = explainCost(price, usage);
  const lines = explained.lines.map((line): ChargeLine => {
    return {
      class: line.class,
      quantity: line.quantity,
      rated_as: line.ratedAs,
      rate_usd: formatUsd(line.rate),
      amount_usd: formatFemto(line.femtoUsd),
    };
  });
  const charge = { ...facts.charge, tier_over_input_tokens: explained.tierOverInputTokens, lines };
  return { ...facts, charge };
}

/** Exact, to fifteen places. */
function formatFemto(femtoUsd: bigint): string {
  const unit = 1_000_000_000n * femtoPerNano;
  const fraction = (femtoUsd % unit).toString().padStart(15, '0').replace(/0+$/, '');
  return `${femtoUsd / unit}${fraction ? `.${fraction}` : ''}`;
}

/**
 * Lists requests, newest first. `limit` is 1 to 200.
 *
 * @throws AppError `request_search_too_wide` when the database would have to read too much for it
 */
export async function listRequests(
  database: Pick<Database, 'pool'>,
  filters: RequestFilters,
  limit: number,
  after: RequestPlace | null,
): Promise<RequestPage> {
  const where = await conditionsOf(database, filters);
  if (after !== null) where.add((a, b) => `(received_at, id) < (${a}, ${b})`, new Date(after.receivedAtMs), after.id);
  const sql = `select * from request_records ${where.text()} order by received_at desc, id desc limit ${limit + 1}`;
  const rows = await search(database, sql, where.values);
  const requests = rows.slice(0, limit).map(factsOf);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { requests, next: last ? { receivedAtMs: last.received_at.getTime(), id: last.id } : null };
}

/** Conditions joined by `and`, with their values as parameters. */
class Conditions {
  readonly values: unknown[] = [];
  readonly #texts: string[] = [];

  add(text: (...places: string[]) => string, ...values: readonly unknown[]): void {
    const places = values.map((value) => `$${this.values.push(value)}`);
    this.#texts.push(text(...places));
  }

  text(): string {
    return this.#texts.length === 0 ? '' : `where ${this.#texts.join(' and ')}`;
  }
}

async function conditionsOf(database: Pick<Database, 'pool'>, filters: RequestFilters): Promise<Conditions> {
  const where = new Conditions();
  const equal = (column: string, value: unknown) => {
    if (value !== undefined) where.add((place) => `${column} = ${place}`, value);
  };
  equal('organization_id', filters.organizationId);
  equal('key_id', filters.keyId);
  equal('status', filters.status);
  equal('error_code', filters.code);
  equal('client_tool', filters.tool);
  equal('outcome', filters.outcome);
  if (filters.model !== undefined)
    where.add((place) => `${place} in (model_asked, model_routed, model_served)`, filters.model);
  if (filters.sinceMs !== undefined) where.add((place) => `received_at >= ${place}`, new Date(filters.sinceMs));
  if (filters.untilMs !== undefined) where.add((place) => `received_at < ${place}`, new Date(filters.untilMs));
  if (filters.keyPrefix !== undefined) {
    // Records are indexed by key; a prefix of no key here stands only in refusals.
    const { rows } = await database.pool.query<{ id: string }>('select id from keys where prefix = $1', [
      filters.keyPrefix,
    ]);
    equal('key_prefix', filters.keyPrefix);
    if (rows[0] === undefined) where.add(() => 'key_id is null');
    else where.add((place) => `key_id = ${place}`, rows[0].id);
  }
  return where;
}

async function search(
  database: Pick<Database, 'pool'>,
  sql: string,
  values: readonly unknown[],
): Promise<RequestRow[]> {
  const client = await database.pool.connect();
  let broken = false;
  try {
    await client.query(`begin read only; set local statement_timeout = ${searchTimeoutMs}`);
    const { rows } = await client.query<RequestRow>(sql, [...values]);
    await client.query('commit');
    return rows;
  } catch (error) {
    broken = true;
    if ((error as { code?: unknown }).code !== '57014') throw error;
    throw new AppError(
      'request_search_too_wide',
      'The search reads too many records. Narrow the time span, or name a key or an error code.',
    );
  } finally {
    client.release(broken);
  }
}
