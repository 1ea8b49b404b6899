import type { PoolClient } from 'pg';
import { JournalReader, journalStart, listSegments, type RequestRecord } from '../journal/index.ts';
import type { StoredCursor } from './apply.ts';
import type { Findings } from './audit-findings.ts';
import { receivedAt } from './columns.ts';
import { DeadLetters } from './dead-letters.ts';
import { entryId } from './fold.ts';

const batchEntries = 1_000;
const sliceBytes = 256 * 1024;

export interface JournalAudit {
  /** Closes still in the journal that were compared with their records. */
  readonly compared: number;
  /** Entries that the database has refused. */
  readonly deadLetters: number;
}

/**
 * Compares what still stands in a node's journal before its cursor with the records, and reports every dead letter.
 * Segments that are wholly applied are deleted, so this sees the latest of them only.
 */
export async function checkJournal(
  client: PoolClient,
  directory: string,
  cursor: StoredCursor | null,
  findings: Findings,
): Promise<JournalAudit> {
  const letters = await new DeadLetters(directory).all();
  for (const { entry, reason } of letters)
    findings.add('journal', entryId(entry), `The entry was set aside: ${reason}.`);
  const reader = new JournalReader(directory);
  const first = (await listSegments(directory))[0];
  let at = first === undefined ? journalStart : { segment: first, position: 0 };
  let compared = 0;
  while (cursor !== null) {
    const read = await reader.read(at, batchEntries, sliceBytes);
    const closes: RequestRecord[] = [];
    for (const { entry, end } of read.entries) {
      const applied =
        end.segment < cursor.segment || (end.segment === cursor.segment && end.position <= cursor.position);
      if (applied && entry.kind === 'close') closes.push(entry.record);
    }
    await compare(client, closes, findings);
    compared += closes.length;
    at = read.next;
    if (read.caughtUp || at.segment > cursor.segment) break;
  }
  return { compared, deadLetters: letters.length };
}

async function compare(client: PoolClient, closes: readonly RequestRecord[], findings: Findings): Promise<void> {
  if (closes.length === 0) return;
  const told = closes.map((record) => {
    const { id, outcome, actualCost } = record;
    return { received_at: receivedAt(id), id, outcome, actual_cost: actualCost };
  });
  const { rows } = await client.query<{ id: string; stored: string | null }>(
    `select told.id, stored.outcome || ', ' || stored.actual_cost as stored
     from json_to_recordset($1::json) as told (received_at timestamptz, id text, outcome text, actual_cost bigint)
     left join request_records as stored on stored.received_at = told.received_at and stored.id = told.id
     where stored.id is null or stored.outcome = 'open' or
       (stored.outcome = told.outcome and stored.actual_cost <> told.actual_cost)
       or (stored.outcome <> told.outcome and told.outcome <> 'interrupted')`,
    [JSON.stringify(told)],
  );
  for (const row of rows) {
    const close = closes.find(({ id }) => id === row.id);
    const journal = `${close?.outcome}, ${close?.actualCost}`;
    findings.add('journal', row.id, `The journal says ${journal}; the record says ${row.stored ?? 'nothing'}.`);
  }
}
