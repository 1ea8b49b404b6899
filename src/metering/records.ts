import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { formatUsd } from '../base/money.ts';
import { parseRequestId } from '../base/request-id.ts';
import type { Database } from '../db/index.ts';
import { explainCost } from '../vendors/index.ts';
import { receivedAt } from './columns.ts';
import { Conditions } from './conditions.ts';
import { type ChargeLine, factsOf, type RequestFacts } from './facts.ts';
import { readPrices } from './prices.ts';
import { type Scope, within } from './reach.ts';
import { type RequestRow, usageOf } from './rows.ts';

const femtoPerNano = 1_000_000n;

/**
 * Finds a request by its id, in any of the ways people write it. Reads one day's partition. Null: there is no record
 * within the scope, because none was made, its retention has passed, or it is somebody else's; which of them takes the
 * same time, the same statement does not find it.
 *
 * @throws AppError `request_id_invalid`
 */
export async function findRequest(
  database: Pick<Database, 'pool'>,
  text: string,
  scope?: Scope,
): Promise<RequestFacts | null> {
  const id = parseRequestId(text);
  if (id === null)
    throw new AppError(
      'request_id_invalid',
      'This is not a request id, or a character in it is wrong. It reads req_ and 28 letters and digits.',
    );
  const where = new Conditions();
  where.equal('r.received_at', receivedAt(id));
  where.equal('r.id', id);
  if (scope !== undefined) within(scope, where, 'r');
  const { rows } = await database.pool.query<RequestRow>(
    `select r.* from request_records r where ${where.text()} order by r.outcome = 'open' limit 1`,
    where.values,
  );
  const row = rows[0];
  return row === undefined ? null : withChargeLines(database, row);
}

/** A record, with whose key made the call, and how that key stands today. */
export interface BookedRequest {
  readonly facts: RequestFacts;
  /** Null: the key is gone, or there was none. */
  readonly key: {
    /** Whose it is; null: of a project or an organization. */
    readonly accountId: string | null;
    readonly state: 'enabled' | 'disabled' | 'deleted';
    readonly expiresAtMs: number | null;
  } | null;
}

interface BookedRow extends RequestRow {
  readonly key_account_id: string | null;
  readonly key_state: 'enabled' | 'disabled' | 'deleted' | null;
  readonly key_expires_at: Date | null;
}

/**
 * The records of ids that `parseRequestId` has returned, whoever they belong to: by one statement, which takes the same
 * way for those that are there and those that are not. Without charge lines. Ids without a record are missing.
 */
export async function findBookedRequests(
  connection: pg.ClientBase | pg.Pool,
  ids: readonly string[],
): Promise<ReadonlyMap<string, BookedRequest>> {
  const { rows } = await connection.query<BookedRow>(
    `select distinct on (r.id) r.*, k.account_id as key_account_id, k.state as key_state, k.expires_at as key_expires_at
     from unnest($1::text[], $2::timestamptz[]) as asked (id, received_at)
     join request_records r on r.received_at = asked.received_at and r.id = asked.id
     left join keys k on k.id = r.key_id
     order by r.id, r.outcome = 'open'`,
    [ids, ids.map((id) => receivedAt(id))],
  );
  return new Map(rows.map((row) => [row.id, bookedOf(row)]));
}

function bookedOf(row: BookedRow): BookedRequest {
  const { key_account_id: accountId, key_state: state, key_expires_at: expiresAt } = row;
  const key = state === null ? null : { accountId, state, expiresAtMs: expiresAt?.getTime() ?? null };
  return { facts: factsOf(row), key };
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
