/**
 * The journal: the gateway's own write-ahead log of requests, one directory of segments per node. Writing is a
 * `write(2)` before bytes leave; the database is a consumer of what is written here. It knows no HTTP and no prices, and
 * it never waits for the database.
 */
export { decodeLine, encodeEntry, segmentFile } from './format.ts';
export {
  type DamagedLine,
  type JournalPosition,
  JournalReader,
  journalStart,
  listSegments,
  type ReadEntry,
} from './reader.ts';
export type {
  Attempt,
  ChargeRule,
  Fault,
  JournalEntry,
  LimitState,
  Mode,
  Outcome,
  RequestRecord,
  UsageSource,
} from './record.ts';
export { type JournalSync, JournalWriter } from './writer.ts';
