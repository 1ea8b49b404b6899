import type { PoolClient } from 'pg';
import { addSpend, type SpendSpan, type SpendState, spendSpans } from '../base/spend-window.ts';

/** What one request adds to its key's windows. */
export interface Charge {
  readonly keyId: string;
  /** When the request was received. */
  readonly atMs: number;
  /** Nano-USD, more than 0. */
  readonly amount: bigint;
}

interface SpendRow {
  readonly key_id: string;
  readonly span: SpendSpan;
  readonly started_at: Date;
  readonly spent: bigint;
}

// A row must stand before it can be locked: two nodes may meet the same new key at once.
const makeRowsSql = `
insert into key_spend (key_id, span, started_at, spent)
select keys.id, spans.span, to_timestamp(0), 0
from keys cross join unnest($2::text[]) as spans (span)
where keys.id = any($1)
order by keys.id, spans.span
on conflict (key_id, span) do nothing
returning key_id, span`;

const lockRowsSql = `
select key_id, span, started_at, spent from key_spend where key_id = any($1) order by key_id, span for update`;

const storeRowsSql = `
update key_spend set started_at = input.started_at, spent = input.spent
from json_to_recordset($1::json) as input (key_id text, span text, started_at timestamptz, spent bigint)
where key_spend.key_id = input.key_id and key_spend.span = input.span`;

/**
 * Adds charges to the spending windows of their keys, within the caller's transaction. Nodes that charge the same key
 * wait for each other here. Charges of a key that no longer exists are left out: nothing is limited by them.
 */
export async function addSpends(client: PoolClient, charges: readonly Charge[]): Promise<void> {
  if (charges.length === 0) return;
  const keyIds = [...new Set(charges.map((charge) => charge.keyId))];
  const made = await client.query<SpendRow>(makeRowsSql, [keyIds, spendSpans]);
  const fresh = new Set(made.rows.map(placeOf));
  const { rows } = await client.query<SpendRow>(lockRowsSql, [keyIds]);
  const states = new Map<string, SpendState | undefined>();
  for (const row of rows) {
    const known = !fresh.has(placeOf(row));
    states.set(placeOf(row), known ? { startedAtMs: row.started_at.getTime(), spent: row.spent } : undefined);
  }
  const inOrder = charges.toSorted((a, b) => a.atMs - b.atMs);
  for (const { keyId, atMs, amount } of inOrder) {
    for (const span of spendSpans) {
      const place = placeOf({ key_id: keyId, span });
      if (states.has(place)) states.set(place, addSpend(states.get(place), span, atMs, amount));
    }
  }
  const changed = rows.flatMap(({ key_id, span }) => {
    const state = states.get(placeOf({ key_id, span }));
    if (state === undefined) return [];
    return [{ key_id, span, started_at: new Date(state.startedAtMs).toISOString(), spent: state.spent.toString() }];
  });
  if (changed.length > 0) await client.query(storeRowsSql, [JSON.stringify(changed)]);
}

function placeOf(row: { readonly key_id: string; readonly span: SpendSpan }): string {
  return `${row.span} ${row.key_id}`;
}
