/** RFC 9457 as the control plane writes it. */
export interface ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  readonly request_id: string | null;
}

export interface FieldProblem {
  /** Where: `body.limits.rpm`, `query.limit`, `params.key`. */
  readonly field: string;
  readonly message: string;
}

/**
 * Every call that did not end in a 2xx. `code` is the API's, or one of ours where no answer of the API came:
 * `network_unreachable` (status 0), `answer_unreadable` (no problem document), `page_failed` (a mistake in the console).
 */
export class ApiProblem extends Error implements ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  readonly request_id: string | null;
  /** Whole seconds that the server asks to wait; null when it does not. */
  readonly retryAfterSeconds: number | null;

  constructor(body: ProblemBody, options: { cause?: unknown; retryAfterSeconds?: number | null } = {}) {
    super(`${body.code}: ${body.detail}`, { cause: options.cause });
    this.name = 'ApiProblem';
    this.status = body.status;
    this.code = body.code;
    this.detail = body.detail;
    this.errors = body.errors;
    this.request_id = body.request_id;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiProblem({ status: 0, code: 'page_failed', detail, errors: [], request_id: null }, { cause: error });
}

/** The problem in an answer: the document, or what can be said without one (a proxy's page, an empty body). */
export function problemFrom(status: number, text: string, headers: Headers): ApiProblem {
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  const retryAfterSeconds = Number.isInteger(retryAfter) && retryAfter >= 0 ? retryAfter : null;
  const requestId = headers.get('x-request-id');
  const body = parse(text);
  if (typeof body['code'] !== 'string' || typeof body['detail'] !== 'string') {
    const detail = `The answer has the status ${status} and is not one of this API.`;
    return new ApiProblem(
      { status, code: 'answer_unreadable', detail, errors: [], request_id: requestId },
      { retryAfterSeconds },
    );
  }
  const { code, detail } = body;
  const errors = Array.isArray(body['errors']) ? body['errors'].filter(isFieldProblem) : [];
  const request_id = typeof body['request_id'] === 'string' ? body['request_id'] : requestId;
  return new ApiProblem({ status, code, detail, errors, request_id }, { retryAfterSeconds });
}

/** Which field of a form each error belongs to. `names`: those of its fields. */
export function fieldErrors(
  problem: ProblemBody,
  names: readonly string[],
): { readonly byField: Readonly<Record<string, string>>; readonly others: readonly FieldProblem[] } {
  const byField: Record<string, string> = {};
  const others: FieldProblem[] = [];
  for (const error of problem.errors) {
    const name = nearestName(error.field.replace(/^(?:body|query|params)\.?/, ''), names);
    if (name === null) others.push(error);
    else byField[name] ??= error.message;
  }
  return { byField, others };
}

/** `allowed_models.3` belongs to the field `allowed_models`, when no field is called just so. */
function nearestName(path: string, names: readonly string[]): string | null {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.');
    if (name !== '' && names.includes(name)) return name;
  }
  return null;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function isFieldProblem(value: unknown): value is FieldProblem {
  if (typeof value !== 'object' || value === null) return false;
  const { field, message } = value as Partial<FieldProblem>;
  return typeof field === 'string' && typeof message === 'string';
}
