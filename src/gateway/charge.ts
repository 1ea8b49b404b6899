import { applyMultiplier } from '../base/money.ts';
import type { ChargeRule, Outcome, UsageSource } from '../journal/index.ts';
import { costOf, noUsage, type ObservedFacts, type Price, type Usage } from '../vendors/index.ts';
import type { Charge } from './call.ts';

/**
 * The published charging policy (docs/billing.md). Whole and pure: how a call ended and what was read off it go in, the
 * charge comes out.
 *
 * | outcome               | charge                                                                                   |
 * | completed             | the vendor's usage; if it reports none, what was relayed is counted and flagged          |
 * | client left midstream | the vendor's usage if it came, else what was relayed until then, flagged                 |
 * | client left early     | nothing, unless the vendor reported usage                                                |
 * | everything else       | nothing: refusals, errors of vendor or site, broken answers, a crash                     |
 */
export interface ChargeFacts {
  readonly outcome: Outcome;
  readonly metered: boolean;
  /** The wire repeats the running total in every event (Gemini), so an early end still has the vendor's figure. */
  readonly runningUsage: boolean;
  readonly observed: ObservedFacts | null;
  /** Bytes of the request body, for input that no vendor counted. */
  readonly bytesIn: number;
  readonly price: Price | null;
  /** Ten-thousandths. */
  readonly multiplier: number;
}

/** Where nothing better is known, a token is four bytes of UTF-8: the usual figure for English text and code. */
const bytesPerToken = 4;

const rulesWithoutCharge: Readonly<Partial<Record<Outcome, ChargeRule>>> = {
  refused: 'refused',
  vendor_error: 'vendor_error',
  stream_broken: 'vendor_error',
  gateway_error: 'our_error',
  interrupted: 'interrupted',
};

export function decideCharge(facts: ChargeFacts): Charge {
  const { outcome, observed, price } = facts;
  const free = rulesWithoutCharge[outcome];
  // The usage of a failed call is kept as information: it is what the vendor may bill the site.
  if (free) return uncharged(free, observed?.usage ?? null);
  if (!facts.metered) return uncharged('free_endpoint', observed?.usage ?? null);
  if (observed?.error) return uncharged('vendor_error', observed.usage);
  const counted = countUsage(facts);
  if (counted === null) return uncharged('no_output', null);
  const cost = price === null ? null : costOf(price, counted.usage);
  // What nobody can price is an operator's gap, not the customer's debt; the record shows it.
  if (typeof cost !== 'bigint') return { ...uncharged('unpriced', counted.usage), source: counted.source };
  return {
    rule: counted.source === 'vendor' ? 'actual_usage' : 'estimated_output',
    usage: counted.usage,
    source: counted.source,
    cost,
    actualCost: applyMultiplier(cost, facts.multiplier),
  };
}

/** The usage to charge by: the vendor's own, or counted from what passed; null when there is nothing to charge. */
function countUsage(facts: ChargeFacts): { usage: Usage; source: UsageSource } | null {
  const { outcome, observed } = facts;
  const reported = observed?.usage ?? null;
  if (outcome === 'completed' && reported) return { usage: reported, source: 'vendor' };
  if (outcome === 'client_left_early') return reported ? { usage: reported, source: 'vendor' } : null;
  const relayedTokens = Math.ceil((observed?.outputBytes ?? 0) / bytesPerToken);
  if (outcome === 'client_left_midstream' && reported && (observed?.complete || facts.runningUsage))
    return { usage: reported, source: 'vendor' };
  if (outcome === 'client_left_midstream' && relayedTokens === 0 && !reported) return null;
  // Anthropic tells the input at the start; only the output is then counted.
  const usage: Usage = {
    ...(reported ?? { ...noUsage, input: Math.ceil(facts.bytesIn / bytesPerToken) }),
    output: Math.max(reported?.output ?? 0, relayedTokens),
  };
  return { usage, source: 'estimated' };
}

function uncharged(rule: ChargeRule, usage: Usage | null): Charge {
  return { rule, usage, source: usage ? 'vendor' : 'none', cost: 0n, actualCost: 0n };
}
