/**
 * Metering: from the journal to the books. It promises that every entry of the journal is applied exactly once, that
 * every request id can be looked up and explained, and that the books can be proven against the journal, the prices and
 * the vendor's own count. It never stands in a request's way, never decides what a call costs, and never sees content.
 */
export { explain, whatToDo } from './explain.ts';
export { type ExplainLocale, type ExplainWords, wordsOf } from './explain-words.ts';
export { type RequestFacts, requestFactsSchema } from './facts.ts';
export { flushBriefly, type JournalToFlush } from './flush.ts';
export { type BookedRequest, findBookedRequests, findRequest } from './records.ts';
export { recoverInterrupted } from './recovery.ts';
export { disclosed } from './request-view.ts';
export { startRetention } from './retention.ts';
export { JournalShipper } from './shipper.ts';
export { type Shipping, startShipping } from './shipping.ts';
export { timelineOf, timelineSchema } from './timeline.ts';
export { usageReader } from './usage.ts';
