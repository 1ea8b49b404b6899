/**
 * Keys: made, changed, put out of use and found.
 *
 * Promises: a secret is shown once and kept nowhere; a warm key is found in memory, also while the database is away; a
 * key put out of use here is refused on its next request, on other nodes when the database has announced it.
 * Never: takes "cannot ask the database" for "no such key"; decides whether a request may pass.
 */
export { type BulkKeys, bulkKeys, type NewHolder } from './bulk.ts';
export { type DemoKeys, type DemoKeysOptions, ensureDemoKeys } from './demo.ts';
export { type DirectoryOptions, WarmKeyDirectory } from './directory.ts';
export type { KeyChange, KeyLimitsInput, NewKeyInput } from './input.ts';
export type { KeyFilter, KeyPage } from './list.ts';
export type { KeyStoreOptions } from './parts.ts';
export {
  createReportedKeys,
  type KeyReport,
  type OwnKeySeen,
  type ReportedKeys,
  type ReportOutcome,
} from './reported.ts';
export type { KeyScope } from './scope.ts';
export { type CreatedKey, createKeyStore, type KeyStore } from './store.ts';
export type { Telling } from './tell.ts';
export type { KeySpend, KeyView } from './view.ts';
export { type KeyWarningOptions, warnAboutKeys } from './warnings.ts';
