import { requestIdTime } from '../base/request-id.ts';
import type { Attempt, JournalEntry, RequestRecord } from '../journal/index.ts';

/**
 * A batch of entries, reduced to what has to be written: a request that ends within the batch needs only its `close`,
 * which repeats every fact.
 */
export interface Fold {
  readonly opens: readonly RequestRecord[];
  readonly closes: readonly RequestRecord[];
  /** Of requests that do not end within the batch. */
  readonly attempts: readonly { readonly id: string; readonly attempts: readonly Attempt[] }[];
}

export function foldEntries(entries: readonly JournalEntry[]): Fold {
  const opens = new Map<string, RequestRecord>();
  const closes = new Map<string, RequestRecord>();
  const attempts = new Map<string, Map<number, Attempt>>();
  for (const entry of entries) {
    if (entry.kind === 'attempt') {
      const ofRequest = attempts.get(entry.id) ?? new Map<number, Attempt>();
      attempts.set(entry.id, ofRequest.set(entry.attempt.number, entry.attempt));
    } else if (entry.kind === 'open') {
      if (!opens.has(entry.record.id)) opens.set(entry.record.id, entry.record);
    } else if (!closes.has(entry.record.id)) {
      // The first close stands, as it does in the database.
      closes.set(entry.record.id, entry.record);
    }
  }
  for (const id of closes.keys()) {
    opens.delete(id);
    attempts.delete(id);
  }
  return {
    opens: [...opens.values()],
    closes: [...closes.values()],
    attempts: [...attempts].map(([id, ofRequest]) => ({ id, attempts: [...ofRequest.values()] })),
  };
}

/** Why an entry cannot be applied whatever the database says, or null. An entry of a newer version may look like this. */
export function entryProblem(entry: JournalEntry): string | null {
  const unknown: { kind?: unknown; id?: unknown; record?: unknown; attempt?: unknown } = entry;
  const record = unknown.record as { id?: unknown; attempts?: unknown } | null | undefined;
  if (unknown.kind === 'attempt') {
    return typeof unknown.id === 'string' && typeof unknown.attempt === 'object' ? null : 'attempt without its request';
  }
  if (unknown.kind !== 'open' && unknown.kind !== 'close') return 'unknown kind of entry';
  return typeof record?.id === 'string' && Array.isArray(record.attempts) ? null : 'entry without a record';
}

/** The request that an entry speaks of, for logs. */
export function entryId(entry: JournalEntry): string {
  const unknown: { id?: unknown; record?: { id?: unknown } | null } = entry as never;
  return String(unknown.id ?? unknown.record?.id ?? 'unknown').slice(0, 64);
}

/** When the request of an entry was received, in milliseconds. */
export function entryTime(entry: JournalEntry): number {
  return requestIdTime(entryId(entry));
}
