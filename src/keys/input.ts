import { AppError } from '../base/errors.ts';
import { type SpendSpan, spendSpans } from '../base/spend-window.ts';

/** Bounds of what can be set on a key. The database checks the same. */
export const keyBounds = {
  nameLength: 100,
  noteLength: 1_000,
  perMinute: 100_000,
  tokensPerMinute: 1_000_000_000_000,
  concurrency: 100_000,
  /** Nano-USD: a billion USD. */
  spend: 10n ** 18n,
  allowedModels: 1_000,
  modelNameLength: 200,
} as const;

/** Null takes a limit away; a member that is absent stays as it is. */
export interface KeyLimitsInput {
  readonly requestsPerMinute?: number | undefined;
  readonly countsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | null | undefined;
  readonly concurrency?: number | null | undefined;
  /** Nano-USD. */
  readonly spend?: Readonly<Partial<Record<SpendSpan, bigint | null | undefined>>> | undefined;
}

/** What can be changed on a key; a member that is absent stays as it is. */
export interface KeyChange {
  readonly name?: string | undefined;
  readonly note?: string | undefined;
  /** Null: never. */
  readonly expiresAtMs?: number | null | undefined;
  /** Names or aliases of the group's models. Null: every model of the group. */
  readonly allowedModels?: readonly string[] | null | undefined;
  readonly limits?: KeyLimitsInput | undefined;
}

export interface NewKeyInput extends KeyChange {
  readonly groupId: string;
  readonly name: string;
  /** Whose key it is. With neither it is the organization's own. */
  readonly accountId?: string | null | undefined;
  /** What its spend is booked to. */
  readonly projectId?: string | null | undefined;
}

/** Columns and values of a change. */
export type ColumnValues = Record<string, string | number | bigint | Date | readonly string[] | null>;

/**
 * The columns that a change sets, allowed models apart: those are settled with the group at hand.
 *
 * @throws AppError `key_input_invalid` naming the member and its bounds
 */
export function columnsOfChange(change: KeyChange, nowMs: number): ColumnValues {
  const columns: ColumnValues = {};
  if (change.name !== undefined) columns['name'] = checkText('name', change.name.trim(), 1, keyBounds.nameLength);
  if (change.note !== undefined) columns['note'] = checkText('note', change.note.trim(), 0, keyBounds.noteLength);
  if (change.expiresAtMs !== undefined) columns['expires_at'] = checkExpiry(change.expiresAtMs, nowMs);
  const { limits } = change;
  if (!limits) return columns;
  addLimit(columns, 'requests_per_minute', limits.requestsPerMinute, keyBounds.perMinute);
  addLimit(columns, 'counts_per_minute', limits.countsPerMinute, keyBounds.perMinute);
  addLimit(columns, 'tokens_per_minute', limits.tokensPerMinute, keyBounds.tokensPerMinute);
  addLimit(columns, 'concurrency', limits.concurrency, keyBounds.concurrency);
  for (const span of spendSpans) {
    const amount = limits.spend?.[span];
    if (amount === undefined) continue;
    if (amount !== null && (amount < 0n || amount > keyBounds.spend))
      invalid(`limits.spend.${span}`, 'an amount from 0 to 1000000000 USD, or null for no limit');
    columns[`spend_${span}`] = amount;
  }
  return columns;
}

function addLimit(columns: ColumnValues, column: string, value: number | null | undefined, most: number): void {
  if (value === undefined) return;
  if (value !== null && (!Number.isSafeInteger(value) || value < 1 || value > most))
    invalid(`limits.${column}`, `a whole number from 1 to ${most}`);
  columns[column] = value;
}

function checkText(member: string, text: string, least: number, most: number): string {
  // Postgres counts characters, JavaScript counts half of an emoji as one: the stricter count holds.
  if (text.length < least || text.length > most) invalid(member, `a text of ${least} to ${most} characters`);
  // Postgres stores no NUL; the others would garble lists in a terminal.
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) invalid(member, 'a text without control characters');
  return text;
}

function checkExpiry(expiresAtMs: number | null, nowMs: number): Date | null {
  if (expiresAtMs === null) return null;
  const latestMs = Date.UTC(10_000, 0, 1) - 1;
  if (!Number.isFinite(expiresAtMs) || expiresAtMs <= nowMs || expiresAtMs > latestMs)
    invalid('expires_at', 'a time in the future, or null for never');
  return new Date(expiresAtMs);
}

function invalid(member: string, meaning: string): never {
  throw new AppError('key_input_invalid', `${member} must be ${meaning}.`);
}
