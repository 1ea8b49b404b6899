/**
 * The database: a real Postgres, either the server that DATABASE_URL names or an embedded one that this module starts,
 * watches and stops. It brings the schema up to date, keeps the day partitions, and takes and restores backups. It knows
 * tables, not what they mean: no rule of the product lives here, and no query of another module.
 */
export { type BackupOptions, backup, type RestoreOptions, restore } from './backup.ts';
export type { Manifest, OnProgress, Progress } from './backup-files.ts';
export { type DataDir, openDataDir } from './data-dir.ts';
export {
  attachDatabase,
  connect as connectDatabase,
  type Database,
  type DatabaseOptions,
  openDatabase,
} from './database.ts';
export { DueWork } from './due-work.ts';
export { isDatabaseAway } from './failures.ts';
export { migrate } from './migrate.ts';
export { dropExpiredPartitions, ensureDayPartition, ensurePartitions } from './partitions.ts';
export { query, type Schema } from './rows.ts';
export { inTransaction } from './transaction.ts';
