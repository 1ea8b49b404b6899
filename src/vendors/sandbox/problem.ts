/** What can be wrong with a call, before a vendor puts it into its own words and envelope. */
export type ProblemKind =
  | 'bad_json'
  | 'missing'
  | 'invalid'
  | 'unknown_model'
  | 'no_key'
  | 'bad_key'
  | 'billing'
  | 'forbidden'
  | 'not_found'
  | 'method'
  | 'timeout'
  | 'too_large'
  | 'context'
  | 'rate_limit'
  | 'server'
  | 'overloaded';

export interface Problem {
  readonly kind: ProblemKind;
  readonly message: string;
  /** The request member at fault. */
  readonly param: string | null;
  /** Set where a fault asks for a status that the kind does not imply. */
  readonly status: number | null;
}

/** Ends a call with a vendor's error. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(kind: ProblemKind, message: string, param: string | null = null, status: number | null = null) {
    super(message);
    this.name = 'Refusal';
    this.problem = { kind, message, param, status };
  }
}

const kindByStatus: Readonly<Record<number, ProblemKind>> = {
  400: 'invalid',
  401: 'bad_key',
  402: 'billing',
  403: 'forbidden',
  404: 'not_found',
  405: 'method',
  408: 'timeout',
  413: 'too_large',
  429: 'rate_limit',
  503: 'overloaded',
  529: 'overloaded',
};

/** The problem that a fault `status=…` stands for. */
export function problemOfStatus(status: number): Problem {
  const kind = kindByStatus[status] ?? (status < 500 ? 'invalid' : 'server');
  return {
    kind,
    message: messages[kind] ?? `The sandbox was asked to answer with status ${status}.`,
    param: null,
    status,
  };
}

const messages: Readonly<Partial<Record<ProblemKind, string>>> = {
  rate_limit: 'Rate limit reached. Please try again later.',
  overloaded: 'Overloaded. Please try again later.',
  server: 'The server had an error while processing your request.',
  billing: 'Your credit balance is too low to access the API.',
  forbidden: 'Your credential does not have permission to use the specified resource.',
  timeout: 'The request timed out.',
  too_large: 'The request is larger than the maximum that is allowed.',
};
