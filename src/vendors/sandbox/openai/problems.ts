import type { Problem, ProblemKind } from '../problem.ts';

/** Status, type and code of the vendor's error object. */
const words: Readonly<Record<ProblemKind, readonly [status: number, type: string, code: string | null]>> = {
  bad_json: [400, 'invalid_request_error', null],
  missing: [400, 'invalid_request_error', 'missing_required_parameter'],
  invalid: [400, 'invalid_request_error', 'invalid_value'],
  unknown_model: [404, 'invalid_request_error', 'model_not_found'],
  no_key: [401, 'invalid_request_error', null],
  bad_key: [401, 'invalid_request_error', 'invalid_api_key'],
  billing: [402, 'insufficient_quota', 'insufficient_quota'],
  forbidden: [403, 'invalid_request_error', 'unsupported_country_region_territory'],
  not_found: [404, 'invalid_request_error', null],
  method: [405, 'invalid_request_error', 'method_not_supported'],
  timeout: [408, 'server_error', 'timeout'],
  too_large: [413, 'invalid_request_error', 'request_too_large'],
  context: [400, 'invalid_request_error', 'context_length_exceeded'],
  rate_limit: [429, 'requests', 'rate_limit_exceeded'],
  server: [500, 'server_error', null],
  overloaded: [503, 'service_unavailable_error', 'server_is_overloaded'],
};

/** The error object as it stands in bodies and in streams. */
export function problemObject(problem: Problem): { status: number; error: Record<string, unknown> } {
  const [status, type, code] = words[problem.kind];
  const message = problem.kind === 'bad_key' || problem.kind === 'no_key' ? keyMessage(problem) : problem.message;
  return { status: problem.status ?? status, error: { message, type, param: problem.param, code } };
}

export function streamProblem(problem: Problem): string {
  return `data: ${JSON.stringify({ error: problemObject(problem).error })}\n\n`;
}

/** The vendor repeats the ends of a wrong key: whoever relays its text gives them away. */
function keyMessage(problem: Problem): string {
  if (problem.kind === 'no_key')
    return "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).";
  const key = problem.status === null ? problem.message : 'bad-key';
  const masked = `${key.slice(0, 8)}${'*'.repeat(Math.max(0, Math.min(key.length, 40) - 12))}${key.slice(-4)}`;
  return `Incorrect API key provided: ${masked}. You can find your API key at https://platform.openai.com/account/api-keys.`;
}
