import type { Clock } from '../base/clock.ts';
import type { JournalWriter } from '../journal/index.ts';
import { priceAt, totalInputTokens, type Usage } from '../vendors/index.ts';
import { type Call, type Ending, elapsed, toRecord } from './call.ts';
import { decideCharge } from './charge.ts';
import type { Counters, GatewaySettings } from './ports.ts';
import type { SpendBook } from './spend-book.ts';

export interface SettleContext {
  readonly clock: Clock;
  readonly settings: GatewaySettings;
  readonly journal: JournalWriter;
  readonly counters: Counters;
  readonly spendBook: SpendBook;
}

/**
 * The last phase of every call, however it ended: charge, close record, and everything back that admission took. It runs
 * before the last bytes of an answer go, and exactly once.
 */
export function settle(call: Call, ending: Ending, context: SettleContext): void {
  if (call.settled) return;
  call.settled = true;
  const { key, group, match } = call;
  if (call.price === null && match?.passThrough) priceByAnswer(call);
  const charge = decideCharge({
    outcome: ending.outcome,
    metered: match?.endpoint.metering === 'usage',
    runningUsage: match?.endpoint.wire === 'gemini.generate',
    observed: call.observed,
    bytesIn: call.bytesIn,
    price: call.price,
    multiplier: group?.multiplier ?? 10_000,
  });
  const durationMs = elapsed(call, context.clock.monotonic());
  const record = toRecord(call, context.settings, ending, charge, durationMs);
  context.journal.appendOrHold({ kind: 'close', record });
  if (key) {
    if (call.holdsConcurrency) context.counters.release(key.id);
    if (charge.usage && key.limits.tokensPerMinute !== null)
      context.counters.addTokens(key.id, allTokens(charge.usage), context.clock.now());
    if (charge.actualCost > 0n) context.spendBook.add(key, call.receivedAtMs, charge.actualCost);
  }
  call.reservation?.settle(charge.actualCost);
}

/** What passes through names no model on its way up; the answer may. Only a model that the group sells has a price. */
function priceByAnswer(call: Call): void {
  const model = call.group?.models.get(call.observed?.model ?? '');
  if (!model) return;
  call.model = model;
  call.price = priceAt(model.prices, call.receivedAtMs);
}

function allTokens(usage: Usage): number {
  return totalInputTokens(usage) + usage.output + usage.audioOutput + usage.imageOutput;
}
