import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { applyMultiplier, formatUsd } from '../base/money.ts';
import type { Database } from '../db/index.ts';
import { costOf } from '../vendors/index.ts';
import { readCursor } from './apply.ts';
import { checkOpen, checkSpend, checkSums, readTotals, recordsBegin } from './audit-books.ts';
import { Findings, type Mismatch } from './audit-findings.ts';
import { checkJournal } from './audit-journal.ts';
import { checkRollups } from './audit-rollups.ts';
import { type SandboxCall, SandboxJoin } from './audit-sandbox.ts';
import { readPrices } from './prices.ts';
import { type RequestRow, usageOf } from './rows.ts';

const pageRows = 2_000;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Between a call's count and its entry in the journal pass microseconds; a live site is given this much. */
const settleMs = 1_000;

export interface AuditOptions {
  readonly database: Pick<Database, 'pool'>;
  /** The sandbox's own count, oldest first; null: not compared. Must hold every call since its first. */
  readonly sandboxCounts?: AsyncIterable<SandboxCall> | Iterable<SandboxCall> | null;
  /** This node's journal; null: not compared. `flush` applies what stands in it. */
  readonly journal?: { readonly directory: string; readonly node: string; flush(): Promise<void> } | null;
  /** Only requests received from the hour of this time on. */
  readonly sinceMs?: number;
}

/** As the API shows it. `ok` decides the exit code. */
export interface AuditResult {
  readonly ok: boolean;
  readonly from: string | null;
  readonly records: number;
  readonly open: number;
  readonly actual_cost_usd: string;
  readonly journal: { readonly compared: number; readonly dead_letters: number } | null;
  readonly prices: { readonly recomputed: number };
  readonly sandbox: { readonly calls: number; readonly matched: number } | null;
  readonly mismatch_count: number;
  /** At most 100 of them. */
  readonly mismatches: readonly Mismatch[];
}

/**
 * Proves the books: journal = records = sums by hour = what keys have spent, every charge recomputed from usage, price
 * version and multiplier, and, with the sandbox's count, every call and token against an independent witness. Reads one
 * consistent view of the database and changes nothing.
 */
export async function audit(options: AuditOptions): Promise<AuditResult> {
  const findings = new Findings();
  const calls: SandboxCall[] = [];
  // Counted before the journal is flushed, so that what was counted has a chance to be in the books.
  if (options.sandboxCounts) for await (const call of options.sandboxCounts) calls.push(call);
  await options.journal?.flush();
  const client = await options.database.pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only; set local statement_timeout = 0');
    const result = await auditSnapshot(client, options, calls, findings);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function auditSnapshot(
  client: PoolClient,
  options: AuditOptions,
  calls: readonly SandboxCall[],
  findings: Findings,
): Promise<AuditResult> {
  const { journal } = options;
  const begin = await recordsBegin(client);
  const wantedMs = Math.max(begin?.getTime() ?? 0, options.sinceMs ?? 0);
  const from = new Date(wantedMs - (wantedMs % hourMs));
  const totals = begin === null ? { records: 0, open: 0, actualCost: 0n } : await readTotals(client, from);
  await checkOpen(client, from, findings);
  if (begin !== null) await checkSums(client, from, findings);
  await checkRollups(client, new Date(wantedMs - (wantedMs % dayMs)), findings);
  await checkSpend(client, findings);
  const told = journal
    ? await checkJournal(client, journal.directory, await readCursor(client, journal.node), findings)
    : null;
  const join = options.sandboxCounts ? new SandboxJoin(await sandboxChannels(client), findings) : null;
  for (const call of calls) if (call.atMs >= from.getTime()) join?.count(call);
  const recomputed = await checkRecords(client, from, join, findings);
  if (join !== null) await finishJoin(options, join);
  return {
    ok: findings.total === 0,
    from: begin === null ? null : from.toISOString(),
    records: totals.records,
    open: totals.open,
    actual_cost_usd: formatUsd(totals.actualCost),
    journal: told && { compared: told.compared, dead_letters: told.deadLetters },
    prices: { recomputed },
    sandbox: join && { calls: calls.length, matched: join.matched },
    mismatch_count: findings.total,
    mismatches: findings.told,
  };
}

async function sandboxChannels(client: PoolClient): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>("select id from channels where base_url like 'sandbox:%'");
  return new Set(rows.map(({ id }) => id));
}

/** Walks through the records in pages: each charge anew, each attempt against the sandbox. */
async function checkRecords(
  client: PoolClient,
  from: Date,
  join: SandboxJoin | null,
  findings: Findings,
): Promise<number> {
  let after: { at: Date; id: string } = { at: from, id: '' };
  let recomputed = 0;
  for (;;) {
    const { rows } = await client.query<RequestRow>(
      `select * from request_records where (received_at, id) > ($1, $2) order by received_at, id limit ${pageRows}`,
      [after.at, after.id],
    );
    recomputed += await checkCharges(client, rows, findings);
    if (join !== null) for (const row of rows) join.record(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return recomputed;
    after = { at: last.received_at, id: last.id };
  }
}

async function checkCharges(client: PoolClient, rows: readonly RequestRow[], findings: Findings): Promise<number> {
  const closed = rows.filter(({ outcome }) => outcome !== 'open');
  const priceIds = [...new Set(closed.map((row) => row.price_id).filter((id) => id !== null))];
  const prices = await readPrices(client, priceIds);
  for (const row of closed) {
    const due = dueOf(row, prices);
    if (typeof due === 'string') findings.add('prices', row.id, due);
    else if (due.cost !== row.cost || due.actualCost !== row.actual_cost)
      findings.add(
        'prices',
        row.id,
        `By usage and price it costs ${formatUsd(due.cost)} USD and is charged ${formatUsd(due.actualCost)} USD; the record says ${formatUsd(row.cost)} and ${formatUsd(row.actual_cost)}.`,
      );
  }
  return closed.length;
}

/** What a request had to cost, or in words why that cannot be said. */
function dueOf(
  row: RequestRow,
  prices: Awaited<ReturnType<typeof readPrices>>,
): { readonly cost: bigint; readonly actualCost: bigint } | string {
  if (row.charge_rule !== 'actual_usage' && row.charge_rule !== 'estimated_output') return { cost: 0n, actualCost: 0n };
  const usage = usageOf(row);
  const price = prices.get(row.price_id ?? '');
  if (usage === null) return 'It was charged without a usage.';
  if (price === undefined) return `Its price version ${row.price_id ?? 'none'} does not exist.`;
  if (row.multiplier === null) return 'It was charged without a multiplier.';
  const cost = costOf(price, usage);
  if (typeof cost !== 'bigint') return `Its price version has no rate for ${cost.unpriced.join(', ')}.`;
  return { cost, actualCost: applyMultiplier(cost, row.multiplier) };
}

/** On a live site a call may be counted a moment before its attempt is in the journal: those are looked for once more. */
async function finishJoin(options: AuditOptions, join: SandboxJoin): Promise<void> {
  const unclaimed = join.unclaimed;
  if (unclaimed.length > 0) {
    await sleep(settleMs);
    await options.journal?.flush();
    const { rows } = await options.database.pool.query<RequestRow>(
      `select * from request_records as record where received_at >= $1 and exists (
         select from jsonb_array_elements(record.attempts) as attempt where attempt ->> 'vendorRequestId' = any($2))`,
      [new Date(join.firstMs - 25 * hourMs), unclaimed],
    );
    for (const row of rows) join.claimLate(row);
  }
  join.finish();
}
