import type { RequestFacts } from './facts.ts';

/**
 * What happened to a request, what was charged and why, in plain sentences made from the record alone. A fact that is
 * missing makes its sentence vanish; nothing is guessed.
 */
export function explain(facts: RequestFacts): string[] {
  const sentences = [
    asked(facts),
    whatHappened(facts),
    tries(facts),
    times(facts),
    limit(facts),
    usage(facts),
    charge(facts),
    whoActs(facts),
  ];
  return sentences.filter((sentence) => sentence !== null);
}

/** How a call ended, by outcome. */
const outcomeSentences: Readonly<Record<string, string>> = {
  open: 'The call has not ended yet.',
  completed: 'The call was answered in full.',
  refused: 'The call was refused before it reached a vendor.',
  vendor_error: 'The vendor did not serve the call.',
  gateway_error: 'The site failed while it handled the call.',
  client_left_early: 'The caller closed the connection before the answer began, and the vendor’s work was stopped.',
  client_left_midstream:
    'The caller closed the connection in the middle of the answer, and the vendor’s work was stopped.',
  stream_broken:
    'The answer broke off in the middle: its connection was cut, so that it does not pass for a whole one.',
  interrupted: 'The site was interrupted while the call was running, so the answer is missing or incomplete.',
};

/** Why, by error code. */
const codeSentences: Readonly<Record<string, string>> = {
  bad_request: 'What arrived is not valid HTTP.',
  headers_too_large: 'The headers are larger than the site takes.',
  request_timeout: 'The request arrived too slowly.',
  endpoint_not_found:
    'The path leads to no endpoint, most often because of a base URL with a part too much or too little.',
  method_not_allowed: 'The path does not take this method.',
  websocket_unsupported:
    'A WebSocket was asked for where there is only HTTP; clients then go on over HTTP by themselves.',
  body_too_large: 'The body is larger than the site takes.',
  body_incomplete: 'The body ended before its announced length.',
  invalid_json: 'The body is not a JSON object.',
  unsupported_encoding: 'The body’s content encoding is unknown here.',
  invalid_encoding: 'The body could not be decompressed.',
  invalid_parameter: 'A parameter has a value that the endpoint does not take.',
  api_key_in_query: 'The key stood in the address, which ends up in logs; it should be treated as leaked.',
  key_missing: 'No key was sent.',
  key_malformed: 'What was sent as a key is not whole or not exact: white space, a missing part or a wrong character.',
  key_unknown: 'The key has the right form, but this site does not know it.',
  key_disabled: 'The key is switched off.',
  key_deleted: 'The key was deleted.',
  key_expired: 'The key’s end date has passed.',
  wrong_vendor: 'The key belongs to a group of another vendor than the endpoint.',
  group_disabled: 'The key’s group is closed.',
  endpoint_not_enabled: 'The key’s group does not relay this endpoint.',
  model_missing: 'The request names no model.',
  model_ambiguous: 'The request names two different models.',
  model_not_found: 'The model is not enabled for the key’s group.',
  model_not_allowed: 'The key may not use this model.',
  price_missing: 'The model has no price here, and calls without a price are not served.',
  rate_limited: 'The key had used up its requests of the minute.',
  token_rate_limited: 'The key had used up its tokens of the minute.',
  concurrency_limited: 'The key had as many calls running as it may.',
  spending_limit_reached: 'The key had reached its spending limit.',
  balance_exhausted: 'The balance did not cover the call.',
  key_lookup_unavailable: 'The key could not be checked because the database was away; the key itself may be fine.',
  usage_unavailable: 'Usage could not be read because the database was away.',
  journal_unavailable: 'The site could not record calls, and takes none that it cannot record.',
  shutting_down: 'The node was shutting down.',
  overloaded: 'The site was at its capacity.',
  no_channel: 'No channel of the group was working.',
  upstream_credentials: 'The vendor refused the site’s own credentials; the caller’s key is fine.',
  internal_error: 'There was a fault in the program.',
  upstream_unreachable: 'The vendor could not be reached.',
  upstream_timeout: 'The vendor did not answer in time.',
  upstream_error: 'The vendor answered with an error of its own.',
  upstream_overloaded: 'The vendor was overloaded.',
  upstream_rate_limited: 'The vendor limited the site’s calls; the caller’s own limits were not touched.',
  upstream_broken: 'The vendor’s answer broke off.',
  gateway_interrupted: 'The process ended before the call did; it was closed when the site came back.',
};

/** Error codes that say more than how the call ended, where the two together would repeat each other. */
function whatHappened(facts: RequestFacts): string | null {
  const outcome = outcomeSentences[facts.outcome] ?? null;
  const code = facts.error_code;
  if (code === null) return outcome;
  const reason = codeSentences[code] ?? 'The vendor or the site gave this as the reason.';
  const status = facts.status === null ? '' : `status ${facts.status}, `;
  return [outcome, `${reason} (${status}code ${code})`].filter(Boolean).join(' ');
}

function asked(facts: RequestFacts): string {
  const when = `On ${facts.received_at.slice(0, 10)} at ${facts.received_at.slice(11, 19)} UTC`;
  const who = facts.key_prefix === null ? 'a caller without a usable key' : `the key ${facts.key_prefix}…`;
  const tool = [facts.client_tool, facts.client_version].filter(Boolean).join(' ');
  return `${when}, ${who} called ${facts.endpoint} (${facts.method})${tool && ` from ${tool}`}${modelPart(facts)}.`;
}

function modelPart(facts: RequestFacts): string {
  const { model_asked: wanted, model_routed: routed, model_served: served } = facts;
  const first = wanted ?? routed;
  if (first === null) return '';
  const alias = routed !== null && routed !== first ? `, which stands for ${routed}` : '';
  const answered = served !== null && served !== (routed ?? first) ? `, answered by ${served}` : '';
  return ` for the model ${first}${alias}${answered}`;
}

function tries(facts: RequestFacts): string | null {
  const failed = facts.attempts.filter(({ failure }) => failure !== null);
  if (failed.length === 0) return null;
  const told = failed.map(({ number, failure, status, vendor_request_id: vendorId }) => {
    const details = [status === null ? null : `vendor status ${status}`, vendorId && `vendor id ${vendorId}`];
    const inside = details.filter(Boolean).join(', ');
    return `try ${number} ended with ${failure}${inside ? ` (${inside})` : ''}`;
  });
  const served = facts.attempts.find(({ failure }) => failure === null);
  return `Of ${count(facts.attempts.length, 'try', 'tries')}, ${told.join('; ')}${served ? `; try ${served.number} served it` : ''}.`;
}

function times(facts: RequestFacts): string | null {
  if (facts.duration_ms === null) return null;
  const head = facts.first_token_ms ?? facts.head_ms;
  const first = head === null ? '' : `The answer began after ${head} ms and `;
  return first ? `${first}the whole call took ${facts.duration_ms} ms.` : `The call took ${facts.duration_ms} ms.`;
}

const limitNames: Readonly<Record<string, string>> = {
  requests: 'requests per minute',
  tokens: 'tokens per minute',
  concurrency: 'calls at the same time',
  spend_total: 'spending in all',
  spend_5h: 'spending in 5 hours',
  spend_1d: 'spending in 1 day',
  spend_7d: 'spending in 7 days',
};

const limitCodes = new Set(['rate_limited', 'token_rate_limited', 'concurrency_limited', 'spending_limit_reached']);

/** Told only where a limit decided. Spending stands in nano-USD. */
function limit(facts: RequestFacts): string | null {
  const state = facts.limit;
  const name = state === null ? undefined : limitNames[state.kind];
  if (state === null || name === undefined || !limitCodes.has(facts.error_code ?? '')) return null;
  const show = state.kind.startsWith('spend_') ? (value: number) => `${value / 1e9} USD` : String;
  const reset = state.reset_at === null ? '' : ` It frees up from ${state.reset_at.slice(11, 19)} UTC on.`;
  return `The limit is ${show(state.limit)} (${name}), of which ${show(state.used)} were used.${reset}`;
}

const classWords: readonly (readonly [keyof NonNullable<RequestFacts['tokens']>, string])[] = [
  ['input', 'input'],
  ['cache_read', 'read from the cache'],
  ['cache_write_5m', 'written to the 5-minute cache'],
  ['cache_write_1h', 'written to the 1-hour cache'],
  ['audio_input', 'audio input'],
  ['image_input', 'image input'],
  ['output', 'output'],
  ['audio_output', 'audio output'],
  ['image_output', 'image output'],
];

const sourceWords: Readonly<Record<string, string>> = {
  vendor: 'The vendor reported',
  estimated: 'The vendor reported no final usage; counted here were',
};

function usage(facts: RequestFacts): string | null {
  const { tokens } = facts;
  if (tokens === null) return facts.usage_source === 'unknown' ? 'How many tokens were used is not known.' : null;
  const parts = classWords.filter(([name]) => tokens[name] > 0).map(([name, words]) => `${tokens[name]} ${words}`);
  const images = tokens.images > 0 ? count(tokens.images, 'image', 'images') : null;
  const listed = [parts.length > 0 ? `${parts.join(', ')} tokens` : null, images].filter(Boolean).join(' and ');
  if (listed === '') return null;
  const reasoning = tokens.reasoning > 0 ? ` Of the output, ${tokens.reasoning} were reasoning.` : '';
  return `${sourceWords[facts.usage_source] ?? 'Counted were'} ${listed}.${reasoning}`;
}

function charge(facts: RequestFacts): string | null {
  const { rule, rule_words: words, price_id: price, multiplier } = facts.charge;
  if (rule === null) return facts.outcome === 'open' ? null : 'Nothing was charged.';
  if (rule !== 'actual_usage' && rule !== 'estimated_output') return words === null ? null : `${capital(words)}.`;
  const by = price === null ? '' : ` by price version ${price}`;
  const times = multiplier === null || multiplier === '1' ? '' : ` × ${multiplier} (the group’s multiplier)`;
  const list = times ? `${facts.charge.cost_usd} USD list price${times} = ` : '';
  return `${capital(words ?? 'charged')}${by}: ${list}${facts.charge.actual_cost_usd} USD.`;
}

function whoActs(facts: RequestFacts): string | null {
  if (facts.who_must_act === null || facts.outcome === 'completed') return null;
  return `To act: ${facts.who_must_act}.`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
