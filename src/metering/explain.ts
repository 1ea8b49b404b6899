import { type ExplainWords, wordsOf } from './explain-words.ts';
import type { RequestFacts } from './facts.ts';

export interface ExplainOptions {
  readonly words?: ExplainWords;
  /** The customer is told "you", staff are told "the caller". */
  readonly toCustomer?: boolean;
  /** Without it no amount of money is named: for readers who may see requests, but not what they cost. */
  readonly withCost?: boolean;
}

/**
 * What happened to a request, what was charged and why, in plain sentences made from the record alone. A fact that is
 * missing makes its sentence vanish; nothing is guessed.
 */
export function explain(facts: RequestFacts, options: ExplainOptions = {}): string[] {
  const { words = wordsOf('en'), toCustomer = false, withCost = true } = options;
  const sentences = [
    asked(facts, words),
    whatHappened(facts, words),
    tries(facts, words),
    times(facts, words),
    limit(facts, words, withCost),
    usage(facts, words),
    charge(facts, words, withCost),
    whoActs(facts, toCustomer ? words.actorsToCustomer : words.actors, words),
  ];
  return sentences.filter((sentence) => sentence !== null);
}

/** What whoever has to act does about it; null where there is nothing to do. */
export function whatToDo(facts: Pick<RequestFacts, 'error_code' | 'fault'>, words: ExplainWords): string | null {
  if (facts.error_code === null || facts.fault === null) return null;
  return (words.codes[facts.error_code] ?? words.unknownCode).action;
}

/** Error codes that say more than how the call ended, where the two together would repeat each other. */
function whatHappened(facts: RequestFacts, words: ExplainWords): string | null {
  const outcome = words.outcomes[facts.outcome] ?? null;
  const code = facts.error_code;
  if (code === null) return outcome;
  const { why } = words.codes[code] ?? words.unknownCode;
  return [outcome, words.reason(why, facts.status, code)].filter(Boolean).join(words.space);
}

function asked(facts: RequestFacts, words: ExplainWords): string {
  const { model_asked: wanted, model_routed: routed, model_served: served } = facts;
  const model = wanted ?? routed;
  return words.asked({
    date: facts.received_at.slice(0, 10),
    time: facts.received_at.slice(11, 19),
    keyPrefix: facts.key_prefix,
    endpoint: facts.endpoint,
    method: facts.method,
    tool: [facts.client_tool, facts.client_version].filter(Boolean).join(' '),
    model,
    alias: routed !== null && routed !== model ? routed : null,
    served: served !== null && served !== (routed ?? model) ? served : null,
  });
}

function tries(facts: RequestFacts, words: ExplainWords): string | null {
  const failed = facts.attempts.flatMap(({ number, failure, status, vendor_request_id: vendorRequestId }) =>
    failure === null ? [] : [{ number, failure, status, vendorRequestId }],
  );
  if (failed.length === 0) return null;
  const served = facts.attempts.find(({ failure }) => failure === null);
  return words.tries(facts.attempts.length, failed, served?.number ?? null);
}

function times(facts: RequestFacts, words: ExplainWords): string | null {
  if (facts.duration_ms === null) return null;
  return words.times(facts.first_token_ms ?? facts.head_ms, facts.duration_ms);
}

const limitCodes = new Set(['rate_limited', 'token_rate_limited', 'concurrency_limited', 'spending_limit_reached']);

/** Told only where a limit decided. Spending stands in nano-USD. */
function limit(facts: RequestFacts, words: ExplainWords, withCost: boolean): string | null {
  const state = facts.limit;
  const kind = state === null ? undefined : words.limits[state.kind];
  if (state === null || kind === undefined || !limitCodes.has(facts.error_code ?? '')) return null;
  if (!withCost && state.kind.startsWith('spend_')) return null;
  const show = state.kind.startsWith('spend_') ? (value: number) => `${value / 1e9} USD` : String;
  const reset = state.reset_at === null ? null : state.reset_at.slice(11, 19);
  return words.limit({ kind, limit: show(state.limit), used: show(state.used), reset });
}

const classes = [
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'audio_input',
  'image_input',
  'output',
  'audio_output',
  'image_output',
] as const;

function usage(facts: RequestFacts, words: ExplainWords): string | null {
  const { tokens } = facts;
  if (tokens === null) return facts.usage_source === 'unknown' ? words.usageUnknown : null;
  const used = classes
    .filter((name) => tokens[name] > 0)
    .map((name) => [words.classes[name] ?? name, tokens[name]] as const);
  if (used.length === 0 && tokens.images === 0) return null;
  const counted = words.usage(facts.usage_source, used, tokens.images);
  return tokens.reasoning > 0 ? [counted, words.reasoning(tokens.reasoning)].join(words.space) : counted;
}

function charge(facts: RequestFacts, words: ExplainWords, withCost: boolean): string | null {
  const { rule, price_id: price, multiplier, cost_usd: cost, actual_cost_usd: actualCost } = facts.charge;
  if (rule === null) return facts.outcome === 'open' ? null : words.nothingCharged;
  const told = words.rules[rule];
  if (told === undefined) return null;
  const charged = rule === 'actual_usage' || rule === 'estimated_output';
  if (!charged || !withCost) return words.uncharged(told);
  return words.charged({ rule: told, price, cost, multiplier: multiplier === '1' ? null : multiplier, actualCost });
}

function whoActs(facts: RequestFacts, actors: ExplainWords['actors'], words: ExplainWords): string | null {
  if (facts.fault === null || facts.outcome === 'completed') return null;
  return words.toAct(actors[facts.fault] ?? facts.fault);
}
