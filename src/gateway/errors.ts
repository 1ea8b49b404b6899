import type { Fault } from '../journal/index.ts';

/**
 * Every error that the gateway can answer with. Codes are public and never renamed; `docs/errors.md` is made from this
 * table. Nothing here is ever charged.
 */
interface ErrorEntry {
  readonly status: number;
  /** Who has to act. */
  readonly actor: Fault;
  /** Whether the same call can succeed later without anything being changed. */
  readonly retry: boolean;
  /** What it means, for the docs. */
  readonly meaning: string;
  /** What to do, in the answer and in the docs. */
  readonly action: string;
  /** The sentence of the answer; `{name}` is replaced by the refusal's detail, `{wait}` by its seconds. */
  readonly message: string;
}

function entry(
  status: number,
  actor: Fault,
  retry: boolean,
  message: string,
  action: string,
  meaning: string,
): ErrorEntry {
  return { status, actor, retry, message, action, meaning };
}

export const errorTable = {
  // ---- the HTTP itself ----
  bad_http: entry(
    400,
    'you',
    false,
    'The request is not valid HTTP.',
    'Send a well-formed HTTP/1.1 request.',
    'The bytes could not be read as HTTP/1.1.',
  ),
  header_too_large: entry(
    431,
    'you',
    false,
    'The request head is larger than {limit} bytes.',
    'Send fewer or shorter headers.',
    'Request line and headers together are too large.',
  ),
  request_timeout: entry(
    408,
    'you',
    true,
    'The request did not arrive in time.',
    'Send the whole request without long pauses.',
    'Head or body came too slowly.',
  ),
  endpoint_not_found: entry(
    404,
    'you',
    false,
    'There is no endpoint {method} {path}.',
    'Check the base URL and the path: OpenAI tools need …/v1, Anthropic tools the bare address or …/anthropic, Gemini tools the bare address or …/gemini.',
    'The path leads nowhere, which is most often a base URL with a part too much or too little.',
  ),
  method_not_allowed: entry(
    405,
    'you',
    false,
    '{path} does not take {method}; it takes {allow}.',
    'Use the method named.',
    'The path exists, the method does not.',
  ),
  websocket_unsupported: entry(
    426,
    'you',
    false,
    'This endpoint speaks HTTP, not WebSocket.',
    'Nothing: clients fall back to HTTP by themselves.',
    'A WebSocket upgrade was asked for. Codex asks once per session and goes on over HTTP.',
  ),
  body_too_large: entry(
    413,
    'you',
    false,
    'The request body is larger than {limit} bytes.',
    'Send a smaller body.',
    'The body passes the limit of the site.',
  ),
  body_incomplete: entry(
    400,
    'you',
    false,
    'The request body ended before its announced length.',
    'Send the whole body.',
    'The connection ended or the lengths do not agree.',
  ),
  invalid_json: entry(
    400,
    'you',
    false,
    'The request body is not a JSON object: {reason}.',
    'Send one JSON object in UTF-8.',
    'The body could not be read as a JSON object.',
  ),
  unsupported_encoding: entry(
    415,
    'you',
    false,
    'The content encoding "{encoding}" is not supported.',
    'Send the body plain, or as gzip, deflate, br or zstd.',
    'The Content-Encoding of the request is unknown.',
  ),
  invalid_encoding: entry(
    400,
    'you',
    false,
    'The request body could not be decompressed.',
    'Send the body plain, or compressed as Content-Encoding says.',
    'The compressed body is damaged or unpacks to far more than its size.',
  ),
  invalid_parameter: entry(
    400,
    'you',
    false,
    '{parameter} must be {expected}.',
    'Correct the parameter.',
    'A query parameter of an endpoint that the site answers itself is wrong.',
  ),
  // ---- the key ----
  api_key_in_query: entry(
    400,
    'you',
    false,
    'A key in the address is refused: addresses end up in logs.',
    'Send the key in a header: Authorization: Bearer, x-api-key or x-goog-api-key. Treat this key as leaked: disable it and make a new one.',
    'The query string holds a key.',
  ),
  key_missing: entry(
    401,
    'you',
    false,
    'No API key was sent.',
    'Send it as Authorization: Bearer, x-api-key or x-goog-api-key.',
    'None of the three headers carries a key.',
  ),
  key_malformed: entry(
    401,
    'you',
    false,
    'The API key is not complete or not exact: {hint}.',
    'Copy the key again, whole and without spaces, quotes or line breaks.',
    'The text does not have the form and checksum of a key of this site: white space, cut off, mistyped, or another site’s or vendor’s key.',
  ),
  key_unknown: entry(
    401,
    'you',
    false,
    'The API key is well formed, but this site does not know it.',
    'Check that the key and the base URL belong to the same site and region.',
    'No such key exists here.',
  ),
  key_disabled: entry(
    401,
    'you',
    false,
    'The API key {prefix} is disabled.',
    'Look in the console who disabled it and why, or use another key.',
    'The key was switched off by its owner or an administrator.',
  ),
  key_deleted: entry(
    401,
    'you',
    false,
    'The API key {prefix} was deleted.',
    'Use another key; a deleted one cannot come back.',
    'The key existed and was deleted.',
  ),
  key_expired: entry(
    401,
    'you',
    false,
    'The API key {prefix} expired on {date}.',
    'Use another key, or have the date changed.',
    'The key’s own end date has passed.',
  ),
  wrong_vendor: entry(
    403,
    'you',
    false,
    'This key belongs to the {vendor} group "{group}"; {path} is an endpoint of {wanted}.',
    'Use a key of a {wanted} group here, or a {vendor} endpoint with this key. One key serves one vendor.',
    'Key and endpoint belong to different vendors.',
  ),
  group_disabled: entry(
    403,
    'us',
    false,
    'The group "{group}" of this key is closed.',
    'Ask support which group to use instead.',
    'The operator has switched the group off.',
  ),
  endpoint_not_enabled: entry(
    404,
    'you',
    false,
    'The group "{group}" does not relay {method} {path}.',
    'Use one of the documented endpoints, or ask support to open it.',
    'The vendor has such an endpoint, but pass-through is off for the group.',
  ),
  // ---- the model ----
  model_missing: entry(
    400,
    'you',
    false,
    'The request names no model.',
    'Set "model" to one of the names that GET /v1/models lists.',
    'The member model is absent or not a string.',
  ),
  model_ambiguous: entry(
    400,
    'you',
    false,
    'The request names two different models.',
    'Send "model" once.',
    'The member model stands twice with different values, and vendors differ in which they read.',
  ),
  model_not_found: entry(
    404,
    'you',
    false,
    'The model "{model}" is not enabled for this key’s group "{group}".{near}',
    'Use a name that GET /v1/models lists.',
    'Neither a canonical name nor an alias of the group.',
  ),
  model_not_allowed: entry(
    403,
    'you',
    false,
    'This key may not use the model "{model}".{near}',
    'Use an allowed model, or have the key’s list changed.',
    'The group has the model, the key’s own allow-list does not.',
  ),
  price_missing: entry(
    503,
    'us',
    false,
    'The model "{model}" has no price on this site, so it is not served.',
    'Tell support; an operator has to set the price.',
    'A call without a price would be billed wrongly, so it is refused.',
  ),
  background_unsupported: entry(
    400,
    'you',
    false,
    'A response in the background cannot be followed to its end here, so it could not be billed rightly.',
    'Leave "background" out, or send it together with "stream": true.',
    'A Responses call with background and without stream: its usage is known only long after the answer.',
  ),
  // ---- limits and money ----
  rate_limited: entry(
    429,
    'you',
    true,
    'The key’s limit of {limit} requests per minute is used up ({used} used).',
    'Wait {wait} seconds, then go on more slowly.',
    'The sliding window of one minute is full.',
  ),
  token_rate_limited: entry(
    429,
    'you',
    true,
    'The key’s limit of {limit} tokens per minute is used up ({used} used).',
    'Wait {wait} seconds, then go on more slowly.',
    'The tokens of the last minute reach the key’s limit.',
  ),
  concurrency_limited: entry(
    429,
    'you',
    true,
    'The key already has {used} of {limit} calls running.',
    'Wait for one to end.',
    'Too many calls at the same time.',
  ),
  spending_limit_reached: entry(
    402,
    'you',
    false,
    'The key has spent {used} of its limit of {limit} USD{window}.{reset}',
    'Raise the key’s spending limit, or use another key.',
    'A spending cap of the key (total, 5 h, 1 d or 7 d) is reached.',
  ),
  balance_exhausted: entry(
    402,
    'you',
    false,
    'The balance does not cover this call.',
    'Top up, then call again: it works at once.',
    'Wallet, subscription window or plan is used up.',
  ),
  // ---- the site ----
  key_lookup_unavailable: entry(
    503,
    'us',
    true,
    'The key cannot be checked at the moment.',
    'Try again after {wait} seconds; the key itself may be fine.',
    'The key is not in memory and the database does not answer. Never reported as an invalid key.',
  ),
  usage_unavailable: entry(
    503,
    'us',
    true,
    'Usage cannot be read at the moment.',
    'Try again after {wait} seconds.',
    'The database does not answer.',
  ),
  journal_unavailable: entry(
    503,
    'us',
    true,
    'The site cannot record calls at the moment, so it takes none.',
    'Try again after {wait} seconds.',
    'Nothing is served that could not be billed and explained.',
  ),
  shutting_down: entry(
    503,
    'us',
    true,
    'This node is shutting down.',
    'Try again: another node or the restarted one answers.',
    'New calls are refused while running ones finish.',
  ),
  overloaded: entry(
    503,
    'us',
    true,
    'The site is at its capacity.',
    'Try again after {wait} seconds.',
    'Too many calls run on this node.',
  ),
  no_channel: entry(
    503,
    'us',
    true,
    'The group "{group}" has no working channel at the moment.',
    'Try again after {wait} seconds; tell support if it lasts.',
    'No channel is set up or all are resting after failures.',
  ),
  channel_address_refused: entry(
    502,
    'us',
    false,
    'The channel points at an address that this site does not allow.',
    'Tell support: an operator has to correct the channel, or allow private upstreams.',
    'The address of the channel is loopback or private, or its name has come to mean one, and LODGE_ALLOW_PRIVATE_UPSTREAMS is not yes.',
  ),
  upstream_credentials: entry(
    502,
    'us',
    false,
    'The vendor refused this site’s own credentials.',
    'Tell support; your key is fine.',
    'The credential of the channel is wrong or lacks a permission.',
  ),
  internal_error: entry(
    500,
    'us',
    false,
    'Something went wrong on our side.',
    'Tell support the request id.',
    'A fault in the program.',
  ),
  // ---- the vendor ----
  upstream_unreachable: entry(
    502,
    'vendor',
    true,
    'The vendor could not be reached.',
    'Try again shortly.',
    'The connection to every tried channel failed.',
  ),
  upstream_timeout: entry(
    502,
    'vendor',
    true,
    'The vendor did not answer in time.',
    'Try again; ask for a shorter or streamed answer if it lasts.',
    'Connect, head, first byte, idle or total time passed.',
  ),
  upstream_error: entry(
    502,
    'vendor',
    true,
    'The vendor answered with an error (status {upstream}).',
    'Try again shortly.',
    'The vendor failed with 500, 502, 504 or an answer that is not its protocol.',
  ),
  upstream_overloaded: entry(
    503,
    'vendor',
    true,
    'The vendor is overloaded.',
    'Try again with growing pauses.',
    'The vendor answered 503 or 529. On the Anthropic wire the status is 529, as its clients expect.',
  ),
  upstream_rate_limited: entry(
    503,
    'vendor',
    true,
    'The vendor limits this site’s calls at the moment.',
    'Try again after {wait} seconds.',
    'The vendor answered 429 to the site; your own limits are not touched.',
  ),
  upstream_rejected: entry(
    400,
    'you',
    false,
    'The vendor refused the request.',
    'Read the vendor’s message in the answer and correct the request.',
    'The vendor answered 4xx about the request itself; its own answer and status are passed on. This code stands in the record only.',
  ),
  upstream_broken: entry(
    502,
    'vendor',
    true,
    'The vendor’s answer broke off (connection lost).',
    'Try again; what arrived is not complete.',
    'A stream or body ended before its end. In a stream this arrives as an error event or a broken connection.',
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;

/** Why a call is not served, before it is put into any wire's words. */
export interface Refusal {
  readonly code: ErrorCode;
  /** Fills the `{names}` of the message. Never content, never a secret. */
  readonly detail: Readonly<Record<string, string | number>>;
  /** Whole seconds; only where trying again helps. */
  readonly retryAfterSeconds: number | null;
  /** Replaces the table's status: a vendor's own status on its own wire. */
  readonly status: number;
}

export function refusal(
  code: ErrorCode,
  detail: Readonly<Record<string, string | number>> = {},
  retryAfterSeconds: number | null = null,
): Refusal {
  return { code, detail, retryAfterSeconds, status: errorTable[code].status };
}

export function fill(template: string, detail: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(detail[name] ?? ''));
}

/** Carries a refusal out of a body that was already flowing. */
export class BodyRefused extends Error {
  readonly refusal: Refusal;

  constructor(refused: Refusal) {
    super(refused.code);
    this.name = 'BodyRefused';
    this.refusal = refused;
  }
}
