import type pg from 'pg';
import { type Actor, systemActor } from '../base/actor.ts';
import { findKeys } from '../base/key-format.ts';
import { inTransaction } from '../db/index.ts';
import { type KeyParts, type KeyStoreOptions, partsOf } from './parts.ts';
import {
  earlierOf,
  fromReported,
  isLive,
  keyOf,
  lockReported,
  type ReportedRow,
  reportedColumns,
  settingOf,
} from './reported-row.ts';
import { decideReport, type ReportVerdict } from './reported-rule.ts';
import { type ReportSource, tellHolders } from './reported-tell.ts';
import { auditKey, changeKey, disablingColumns } from './write.ts';

export interface KeyReport {
  readonly keyId: string;
  readonly source: ReportSource;
  /** Of the ticket that a mail became; null: there is none. */
  readonly ticketNumber: bigint | null;
  readonly actor: Actor;
}

/** What a report led to. Never for whoever reported. */
export interface ReportOutcome {
  readonly keyId: string;
  readonly prefix: string;
  readonly organizationId: string;
  readonly did: ReportVerdict['act'];
  /** When the key goes out of use, where that is later. */
  readonly disableAtMs: number | null;
}

/** A key of this site that stood whole in a text. */
export interface OwnKeySeen {
  readonly prefix: string;
  /** Null: nobody's, although its checksum fits. */
  readonly keyId: string | null;
  readonly live: boolean;
  /** The end of it, for people to tell two keys apart. */
  readonly lastFour: string;
}

const seenWords: Readonly<Record<ReportSource, string>> = {
  mail: 'It stood in a mail to support.',
  form: 'Somebody who found it has reported it.',
  partner: 'A service that looks for leaked keys has reported it.',
};

/** Keys in one text that are looked at. */
const keysMax = 20;

/** Keys of this site that became known to others. */
export interface ReportedKeys {
  /**
   * Books a report, in the transaction of whoever calls, and does what the organization's rule wants: the key goes out of
   * use at once, later or not at all; its owner is told. The same report again does nothing.
   *
   * @returns null when there is no such key
   */
  book(client: pg.PoolClient, report: KeyReport): Promise<ReportOutcome | null>;
  /** Whose the keys are that stand whole in a text. Their secrets are kept nowhere. */
  recognise(found: readonly { readonly prefix: string; readonly secret: string }[]): Promise<readonly OwnKeySeen[]>;
  /**
   * Books every whole key in some texts. What that led to is known to the keys' owners only.
   *
   * @returns how many keys of this site there were, live or not
   */
  reportFound(texts: readonly string[], by: { readonly source: ReportSource; readonly actor: Actor }): Promise<number>;
  /** Puts keys out of use whose time of grace has ended. @returns their ids */
  disableDue(): Promise<readonly string[]>;
}

export function createReportedKeys(options: KeyStoreOptions): ReportedKeys {
  const parts = partsOf(options);
  return {
    book: (client, report) => bookReport(client, parts, report),
    recognise: (found) => recogniseReported(parts, found),
    reportFound: (texts, by) => reportFound(parts, texts, by),
    disableDue: () => disableDueReports(parts),
  };
}

async function bookReport(client: pg.PoolClient, parts: KeyParts, report: KeyReport): Promise<ReportOutcome | null> {
  const key = await lockReported(client, report.keyId);
  if (key === null) return null;
  const nowMs = parts.clock.now();
  const verdict = decideReport({ live: isLive(key, nowMs), setting: settingOf(key), earlier: earlierOf(key), nowMs });
  const disableAtMs = verdict.act === 'disable_later' ? verdict.atMs : null;
  const outcome = {
    keyId: key.id,
    prefix: key.prefix,
    organizationId: key.organization_id,
    did: verdict.act,
    disableAtMs,
  };
  if (verdict.act === 'nothing') return outcome;
  await noteReport(client, report, { nowMs, disableAtMs, disabled: verdict.act === 'disable' });
  const after = {
    source: report.source,
    ticket: report.ticketNumber === null ? null : `T-${report.ticketNumber}`,
    rule: key.rule,
    disable_at: disableAtMs === null ? null : new Date(disableAtMs).toISOString(),
  };
  await auditKey(client, report.actor, { action: 'key.reported', key: keyOf(key), before: null, after });
  if (verdict.act === 'disable') await putOut(client, key, report.actor, seenWords[report.source]);
  await tellHolders(client, parts, key, { source: report.source, did: verdict.act, disableAtMs, nowMs });
  return outcome;
}

async function recogniseReported(
  { pool, hashKey, clock }: Pick<KeyParts, 'pool' | 'hashKey' | 'clock'>,
  found: readonly { readonly prefix: string; readonly secret: string }[],
): Promise<readonly OwnKeySeen[]> {
  const { rows } = await pool.query<ReportedRow & { readonly hash: Buffer }>(
    `select ${reportedColumns}, k.hash ${fromReported} where k.prefix = any($1)`,
    [found.map(({ prefix }) => prefix)],
  );
  const byPrefix = new Map(rows.map((row) => [row.prefix, row]));
  return found.map(({ prefix, secret }) => {
    const row = byPrefix.get(prefix);
    const lastFour = secret.slice(-4);
    if (row === undefined || !hashKey(secret).equals(row.hash)) return { prefix, keyId: null, live: false, lastFour };
    return { prefix, keyId: row.id, live: isLive(row, clock.now()), lastFour };
  });
}

async function reportFound(
  parts: KeyParts,
  texts: readonly string[],
  { source, actor }: { readonly source: ReportSource; readonly actor: Actor },
): Promise<number> {
  const found = texts.flatMap((text) => findKeys(text).slice(0, keysMax)).filter(({ site }) => site === parts.site);
  const seen = await recogniseReported(parts, found);
  const keyIds = [...new Set(seen.flatMap(({ keyId }) => (keyId === null ? [] : [keyId])))].sort();
  for (const keyId of keyIds) {
    const report = { keyId, source, ticketNumber: null, actor };
    const outcome = await inTransaction(parts.pool, (client) => bookReport(client, parts, report));
    if (outcome?.did === 'disable') parts.onChange?.(keyId);
  }
  return keyIds.length;
}

/** Keys that one run puts out of use; what is left waits for the next one. */
const mostDue = 500;

/** Two nodes at once do not do the same one. */
async function disableDueReports(parts: KeyParts): Promise<readonly string[]> {
  const done: string[] = [];
  for (let count = 0; count < mostDue; count++) {
    const next = await inTransaction(parts.pool, (client) => disableNext(client, new Date(parts.clock.now())));
    if (next === null) break;
    if (next.changed) done.push(next.keyId);
  }
  for (const keyId of done) parts.onChange?.(keyId);
  return done;
}

async function disableNext(client: pg.PoolClient, now: Date): Promise<{ keyId: string; changed: boolean } | null> {
  const due = await client.query<{ key_id: string; reported_by: ReportSource }>(
    `select key_id, reported_by from leaked_keys where disabled_at is null and disable_at <= $1
     order by disable_at limit 1 for update skip locked`,
    [now],
  );
  const row = due.rows[0];
  if (row === undefined) return null;
  const key = await lockReported(client, row.key_id);
  await client.query('update leaked_keys set disabled_at = $2 where key_id = $1', [row.key_id, now]);
  if (key === null || key.state !== 'enabled') return { keyId: row.key_id, changed: false };
  await putOut(client, key, systemActor, seenWords[row.reported_by]);
  return { keyId: key.id, changed: true };
}

async function putOut(client: pg.PoolClient, row: ReportedRow, actor: Actor, reason: string): Promise<void> {
  const key = keyOf(row);
  const columns = await disablingColumns(client, key, actor, reason);
  await changeKey(client, key, columns, { actor, action: 'key.disabled' });
}

async function noteReport(
  client: pg.PoolClient,
  { keyId, source, ticketNumber }: KeyReport,
  done: { readonly nowMs: number; readonly disableAtMs: number | null; readonly disabled: boolean },
): Promise<void> {
  const now = new Date(done.nowMs);
  await client.query(
    `insert into leaked_keys (key_id, reported_at, reported_by, ticket_number, disable_at, disabled_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (key_id) do update set reported_at = excluded.reported_at, reported_by = excluded.reported_by,
       ticket_number = excluded.ticket_number, disable_at = excluded.disable_at, disabled_at = excluded.disabled_at`,
    [
      keyId,
      now,
      source,
      ticketNumber,
      done.disableAtMs === null ? null : new Date(done.disableAtMs),
      done.disabled ? now : null,
    ],
  );
}
