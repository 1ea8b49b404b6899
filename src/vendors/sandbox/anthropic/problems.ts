import type { Problem, ProblemKind } from '../problem.ts';

/** Status and `error.type` of the vendor. */
const words: Readonly<Record<ProblemKind, readonly [status: number, type: string]>> = {
  bad_json: [400, 'invalid_request_error'],
  missing: [400, 'invalid_request_error'],
  invalid: [400, 'invalid_request_error'],
  unknown_model: [404, 'not_found_error'],
  no_key: [401, 'authentication_error'],
  bad_key: [401, 'authentication_error'],
  billing: [402, 'billing_error'],
  forbidden: [403, 'permission_error'],
  not_found: [404, 'not_found_error'],
  method: [405, 'invalid_request_error'],
  timeout: [504, 'timeout_error'],
  too_large: [413, 'request_too_large'],
  context: [400, 'invalid_request_error'],
  rate_limit: [429, 'rate_limit_error'],
  server: [500, 'api_error'],
  overloaded: [529, 'overloaded_error'],
};

export function problemBody(problem: Problem, requestId: string): { status: number; body: string; error: string } {
  const [status, type] = words[problem.kind];
  const body = JSON.stringify({ type: 'error', error: { type, message: messageOf(problem) }, request_id: requestId });
  return { status: problem.status ?? status, body, error: type };
}

export function streamProblem(problem: Problem): string {
  const [, type] = words[problem.kind];
  return `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type, message: messageOf(problem) } })}\n\n`;
}

function messageOf(problem: Problem): string {
  if (problem.kind === 'no_key') return 'x-api-key header is required';
  return problem.kind === 'bad_key' ? 'invalid x-api-key' : problem.message;
}
