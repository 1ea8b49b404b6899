/**
 * Metering: from the journal to the books. It promises that every entry of the journal is applied exactly once, that
 * every request id can be looked up and explained, and that the books can be proven against the journal, the prices and
 * the vendor's own count. It never stands in a request's way, never decides what a call costs, and never sees content.
 */
export { type AuditOptions, type AuditResult, audit } from './audit.ts';
export type { Mismatch } from './audit-findings.ts';
export type { SandboxCall } from './audit-sandbox.ts';
export { explain } from './explain.ts';
export { type RequestFacts, requestFactsSchema } from './facts.ts';
export { findRequest, listRequests, type RequestFilters, type RequestPage, type RequestPlace } from './records.ts';
export { type Recovery, type RecoveryOptions, recoverInterrupted } from './recovery.ts';
export { type RetentionOptions, runRetention, startRetention } from './retention.ts';
export { type JournalLag, JournalShipper, type ShipperCounts, type ShipperOptions } from './shipper.ts';
export { usageReader } from './usage.ts';
