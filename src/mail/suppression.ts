import type pg from 'pg';

/** An address that nothing is sent to any more, whatever wants to. */
export interface SuppressedAddress {
  /** In lower case. */
  readonly address: string;
  readonly reason: 'bounce' | 'complaint' | 'staff';
  /** Of the mail that bounced. */
  readonly outboxId: string | null;
  /** Status and words of who refused, or what staff noted. */
  readonly detail: string;
  /** Unix milliseconds. */
  readonly createdAtMs: number;
}

const detailMax = 300;

interface Row {
  readonly address: string;
  readonly reason: SuppressedAddress['reason'];
  readonly outbox_id: string | null;
  readonly detail: string;
  readonly created_at: Date;
}

/** @returns false when it was suppressed before: then its first reason stays */
export async function suppress(
  client: pg.ClientBase | pg.Pool,
  { address, reason, outboxId, detail }: Omit<SuppressedAddress, 'createdAtMs'>,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into suppressed_addresses (address, reason, outbox_id, detail) values (lower($1), $2, $3, $4)
     on conflict (address) do nothing`,
    [address, reason, outboxId, detail.slice(0, detailMax)],
  );
  return rowCount === 1;
}

/** @returns what it was suppressed for; null when it was not */
export async function liftSuppression(
  client: pg.ClientBase | pg.Pool,
  address: string,
): Promise<SuppressedAddress | null> {
  const { rows } = await client.query<Row>('delete from suppressed_addresses where address = lower($1) returning *', [
    address,
  ]);
  return rows[0] === undefined ? null : suppressedOf(rows[0]);
}

export async function isSuppressed(client: pg.ClientBase | pg.Pool, address: string): Promise<boolean> {
  return (await suppressedAmong(client, [address])).length > 0;
}

/** Those that nothing is sent to, for the ticket to say so. */
export async function suppressedAmong(
  client: pg.ClientBase | pg.Pool,
  addresses: readonly string[],
): Promise<SuppressedAddress[]> {
  if (addresses.length === 0) return [];
  const { rows } = await client.query<Row>('select * from suppressed_addresses where address = any($1)', [
    addresses.map((address) => address.toLowerCase()),
  ]);
  return rows.map(suppressedOf);
}

/** In the order of the alphabet. @param after the last address of the page before; null: from the beginning */
export async function listSuppressed(
  pool: pg.Pool,
  { limit, after, search }: { readonly limit: number; readonly after: string | null; readonly search: string | null },
): Promise<{ readonly addresses: readonly SuppressedAddress[]; readonly next: string | null }> {
  const { rows } = await pool.query<Row>(
    `select * from suppressed_addresses
     where ($2::text is null or address > $2) and ($3::text is null or position(lower($3) in address) > 0)
     order by address limit $1`,
    [limit + 1, after, search],
  );
  const page = rows.slice(0, limit).map(suppressedOf);
  return { addresses: page, next: rows.length > limit ? (page.at(-1)?.address ?? null) : null };
}

function suppressedOf(row: Row): SuppressedAddress {
  const { address, reason, detail } = row;
  return { address, reason, outboxId: row.outbox_id, detail, createdAtMs: row.created_at.getTime() };
}
