import type { CodeWords, ExplainWords } from './explain-words.ts';

function code(why: string, action: string): CodeWords {
  return { why, action };
}

const again = 'Try again; tell support the request id if it lasts.';

const codes = {
  bad_http: code('What arrived is not valid HTTP.', 'Send a well-formed HTTP/1.1 request.'),
  header_too_large: code('The headers are larger than the site takes.', 'Send fewer or shorter headers.'),
  request_timeout: code('The request arrived too slowly.', 'Send the whole request without long pauses.'),
  endpoint_not_found: code(
    'The path leads to no endpoint, most often because of a base URL with a part too much or too little.',
    'Check the base URL: OpenAI tools need …/v1, Anthropic tools the bare address or …/anthropic, Gemini tools the bare address or …/gemini.',
  ),
  method_not_allowed: code('The path does not take this method.', 'Use the method that the answer names.'),
  websocket_unsupported: code(
    'A WebSocket was asked for where there is only HTTP; clients then go on over HTTP by themselves.',
    'Nothing: the tool goes on over HTTP.',
  ),
  body_too_large: code('The body is larger than the site takes.', 'Send a smaller body.'),
  body_incomplete: code('The body ended before its announced length.', 'Send the whole body.'),
  invalid_json: code('The body is not a JSON object.', 'Send one JSON object in UTF-8.'),
  unsupported_encoding: code(
    'The body’s content encoding is unknown here.',
    'Send the body plain, or as gzip, deflate, br or zstd.',
  ),
  invalid_encoding: code(
    'The body could not be decompressed.',
    'Send the body plain, or compressed as Content-Encoding says.',
  ),
  invalid_parameter: code('A parameter has a value that the endpoint does not take.', 'Correct the parameter.'),
  api_key_in_query: code(
    'The key stood in the address, which ends up in logs; it should be treated as leaked.',
    'Disable this key and make a new one; send keys in a header.',
  ),
  key_missing: code('No key was sent.', 'Send it as Authorization: Bearer, x-api-key or x-goog-api-key.'),
  key_malformed: code(
    'What was sent as a key is not whole or not exact: white space, a missing part or a wrong character.',
    'Copy the key again, whole and without spaces, quotes or line breaks.',
  ),
  key_unknown: code(
    'The key has the right form, but this site does not know it.',
    'Check that key and base URL belong to the same site and region.',
  ),
  key_disabled: code('The key is switched off.', 'Enable the key on API Keys, or use another one.'),
  key_deleted: code('The key was deleted.', 'Use another key; a deleted one cannot come back.'),
  key_expired: code('The key’s end date has passed.', 'Change the date on API Keys, or use another key.'),
  wrong_vendor: code(
    'The key belongs to a group of another vendor than the endpoint.',
    'Use a key of a group of this vendor, or the endpoint of the key’s own vendor.',
  ),
  group_disabled: code('The key’s group is closed.', 'Ask support which group to use instead.'),
  endpoint_not_enabled: code(
    'The key’s group does not relay this endpoint.',
    'Use a documented endpoint, or ask support to open this one.',
  ),
  model_missing: code('The request names no model.', 'Set "model" to a name from the page Models.'),
  model_ambiguous: code('The request names two different models.', 'Send "model" once.'),
  model_not_found: code(
    'The model is not enabled for the key’s group.',
    'Use a name from the page Models, exactly as it stands there.',
  ),
  model_not_allowed: code(
    'The key may not use this model.',
    'Use an allowed model, or add this one to the key’s list on API Keys.',
  ),
  price_missing: code(
    'The model has no price here, and calls without a price are not served.',
    'Tell support: the site has to set the price.',
  ),
  background_unsupported: code(
    'The answer was asked for in the background, where its cost would be known too late to be charged rightly.',
    'Leave "background" out, or send it together with "stream": true.',
  ),
  rate_limited: code(
    'The key had used up its requests of the minute.',
    'Wait as long as Retry-After says, then go on more slowly, or raise the key’s limit.',
  ),
  token_rate_limited: code(
    'The key had used up its tokens of the minute.',
    'Wait as long as Retry-After says, then go on more slowly, or raise the key’s limit.',
  ),
  concurrency_limited: code(
    'The key had as many calls running as it may.',
    'Let running calls end first, or raise the key’s limit.',
  ),
  spending_limit_reached: code(
    'The key had reached its spending limit.',
    'Raise the key’s spending limit, wait until its window ends, or use another key.',
  ),
  balance_exhausted: code('The balance did not cover the call.', 'Top up, then call again: it works at once.'),
  key_lookup_unavailable: code(
    'The key could not be checked because the database was away; the key itself may be fine.',
    again,
  ),
  usage_unavailable: code('Usage could not be read because the database was away.', again),
  journal_unavailable: code('The site could not record calls, and takes none that it cannot record.', again),
  shutting_down: code('The node was shutting down.', 'Try again: another node or the restarted one answers.'),
  overloaded: code('The site was at its capacity.', again),
  no_channel: code('No channel of the group was working.', again),
  channel_address_refused: code(
    'The site’s own settings did not allow the way to the vendor.',
    'Tell support the request id: the site has to correct a setting.',
  ),
  upstream_credentials: code(
    'The vendor refused the site’s own credentials; the caller’s key is fine.',
    'Tell support the request id: the site has to correct its credentials.',
  ),
  internal_error: code('There was a fault in the program.', 'Tell support the request id.'),
  upstream_unreachable: code('The vendor could not be reached.', again),
  upstream_timeout: code(
    'The vendor did not answer in time.',
    'Try again; ask for a shorter or streamed answer if it lasts.',
  ),
  upstream_error: code('The vendor answered with an error of its own.', again),
  upstream_overloaded: code('The vendor was overloaded.', 'Try again with growing pauses.'),
  upstream_rate_limited: code(
    'The vendor limited the site’s calls; the caller’s own limits were not touched.',
    'Try again as Retry-After says.',
  ),
  upstream_rejected: code(
    'The vendor refused the request itself; its own message stood in the answer.',
    'Read the vendor’s message in the answer and correct the request.',
  ),
  upstream_broken: code('The vendor’s answer broke off.', 'Try again; what arrived is not complete.'),
  gateway_interrupted: code('The process ended before the call did; it was closed when the site came back.', again),
  site_fault: code('One way to the vendor failed on the site’s side.', again),
} as const satisfies Readonly<Record<string, CodeWords>>;

export type ExplainedCode = keyof typeof codes;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const english: ExplainWords = {
  outcomes: {
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
  },
  codes,
  unknownCode: code('The vendor or the site gave this as the reason.', 'Tell support the request id.'),
  rules: {
    actual_usage: 'charged for the tokens that the vendor reported',
    estimated_output: 'charged for what was relayed, counted here because the vendor reported no usage',
    free_endpoint: 'not charged: calls of this kind are free',
    refused: 'not charged: the request was refused',
    vendor_error: 'not charged: the vendor failed',
    our_error: 'not charged: the site failed',
    no_output: 'not charged: no output was delivered',
    unpriced: 'not charged: the site has no price for what was used',
    interrupted: 'not charged: the site was interrupted while it served the request',
  },
  actors: { you: 'the caller', us: 'the site', vendor: 'the vendor' },
  actorsToCustomer: { you: 'you', us: 'us', vendor: 'the vendor' },
  limits: {
    requests: 'requests per minute',
    tokens: 'tokens per minute',
    concurrency: 'calls at the same time',
    spend_total: 'spending in all',
    spend_5h: 'spending in 5 hours',
    spend_1d: 'spending in 1 day',
    spend_7d: 'spending in 7 days',
  },
  classes: {
    input: 'input',
    cache_read: 'read from the cache',
    cache_write_5m: 'written to the 5-minute cache',
    cache_write_1h: 'written to the 1-hour cache',
    audio_input: 'audio input',
    image_input: 'image input',
    output: 'output',
    audio_output: 'audio output',
    image_output: 'image output',
  },
  space: ' ',
  reason: (why, status, name) => `${why} (${status === null ? '' : `status ${status}, `}code ${name})`,
  asked({ date, time, keyPrefix, endpoint, method, tool, model, alias, served }) {
    const who = keyPrefix === null ? 'a caller without a usable key' : `the key ${keyPrefix}…`;
    const stands = alias === null ? '' : `, which stands for ${alias}`;
    const answered = served === null ? '' : `, answered by ${served}`;
    const what = model === null ? '' : ` for the model ${model}${stands}${answered}`;
    return `On ${date} at ${time} UTC, ${who} called ${endpoint} (${method})${tool && ` from ${tool}`}${what}.`;
  },
  tries(count, failed, served) {
    const told = failed.map(({ number, failure, status, vendorRequestId }) => {
      const details = [
        status === null ? '' : `vendor status ${status}`,
        vendorRequestId && `vendor id ${vendorRequestId}`,
      ];
      const inside = details.filter(Boolean).join(', ');
      return `try ${number} ended with ${failure}${inside ? ` (${inside})` : ''}`;
    });
    const last = served === null ? '' : `; try ${served} served it`;
    return `Of ${count === 1 ? '1 try' : `${count} tries`}, ${told.join('; ')}${last}.`;
  },
  times: (firstMs, wholeMs) =>
    firstMs === null
      ? `The call took ${wholeMs} ms.`
      : `The answer began after ${firstMs} ms and the whole call took ${wholeMs} ms.`,
  limit({ kind, limit, used, reset }) {
    const frees = reset === null ? '' : ` It frees up from ${reset} UTC on.`;
    return `The limit is ${limit} (${kind}), of which ${used} were used.${frees}`;
  },
  usage(source, classes, images) {
    const tokens = classes.map(([words, count]) => `${count} ${words}`).join(', ');
    const pictures = images === 0 ? '' : `${images} ${images === 1 ? 'image' : 'images'}`;
    const listed = [tokens && `${tokens} tokens`, pictures].filter(Boolean).join(' and ');
    if (source === 'vendor') return `The vendor reported ${listed}.`;
    if (source === 'estimated') return `The vendor reported no final usage; counted here were ${listed}.`;
    return `Counted were ${listed}.`;
  },
  reasoning: (tokens) => `Of the output, ${tokens} were reasoning.`,
  usageUnknown: 'How many tokens were used is not known.',
  charged({ rule, price, cost, multiplier, actualCost }) {
    const by = price === null ? '' : ` by price version ${price}`;
    const list = multiplier === null ? '' : `${cost} USD list price × ${multiplier} (the group’s multiplier) = `;
    return `${capital(rule)}${by}: ${list}${actualCost} USD.`;
  },
  uncharged: (rule) => `${capital(rule)}.`,
  nothingCharged: 'Nothing was charged.',
  toAct: (actor) => `To act: ${actor}.`,
  support: {
    request: 'Request',
    received: 'Received',
    key: 'Key',
    endpoint: 'Endpoint',
    model: 'Model',
    tool: 'Tool',
    answer: 'Answer',
    region: 'Region',
    duration: 'Duration',
    vendorIds: 'Vendor’s request ids',
    charged: 'Charged',
    noContent: 'No prompt or answer is kept, so none is in this text.',
  },
};
