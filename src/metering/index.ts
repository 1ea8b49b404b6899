/**
 * Metering: from the journal to the books. It promises that every entry of the journal is applied exactly once, that
 * every request id can be looked up and explained, and that the books can be proven against the journal, the prices and
 * the vendor's own count. It never stands in a request's way, never decides what a call costs, and never sees content.
 */
export { recoverInterrupted } from './recovery.ts';
export { startRetention } from './retention.ts';
export { JournalShipper } from './shipper.ts';
export { type Shipping, startShipping } from './shipping.ts';
export { usageReader } from './usage.ts';
