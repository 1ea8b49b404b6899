import type { Problem, ProblemKind } from '../problem.ts';

/** Status and gRPC status name of the vendor. */
const words: Readonly<Record<ProblemKind, readonly [status: number, name: string]>> = {
  bad_json: [400, 'INVALID_ARGUMENT'],
  missing: [400, 'INVALID_ARGUMENT'],
  invalid: [400, 'INVALID_ARGUMENT'],
  unknown_model: [404, 'NOT_FOUND'],
  no_key: [403, 'PERMISSION_DENIED'],
  // A wrong key is no 401 with this vendor.
  bad_key: [400, 'INVALID_ARGUMENT'],
  billing: [429, 'RESOURCE_EXHAUSTED'],
  forbidden: [403, 'PERMISSION_DENIED'],
  not_found: [404, 'NOT_FOUND'],
  method: [405, 'UNIMPLEMENTED'],
  timeout: [504, 'DEADLINE_EXCEEDED'],
  too_large: [413, 'INVALID_ARGUMENT'],
  context: [400, 'INVALID_ARGUMENT'],
  rate_limit: [429, 'RESOURCE_EXHAUSTED'],
  server: [500, 'INTERNAL'],
  overloaded: [503, 'UNAVAILABLE'],
};

export function problemObject(problem: Problem): { status: number; error: Record<string, unknown>; name: string } {
  const [usual, name] = words[problem.kind];
  const status = problem.status ?? usual;
  const details = detailsOf(problem);
  const error = { code: status, message: messageOf(problem), status: name, ...(details.length > 0 ? { details } : {}) };
  return { status, error, name };
}

export function streamProblem(problem: Problem): string {
  return `data: ${JSON.stringify({ error: problemObject(problem).error })}\n\n`;
}

function messageOf(problem: Problem): string {
  if (problem.kind === 'bad_key') return 'API key not valid. Please pass a valid API key.';
  if (problem.kind === 'no_key')
    return "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.";
  return problem.message;
}

function detailsOf(problem: Problem): readonly object[] {
  if (problem.kind === 'bad_key') {
    const type = 'type.googleapis.com/google.rpc.ErrorInfo';
    const metadata = { service: 'generativelanguage.googleapis.com' };
    return [{ '@type': type, reason: 'API_KEY_INVALID', domain: 'googleapis.com', metadata }];
  }
  if (problem.kind !== 'rate_limit') return [];
  return [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2s' }];
}
