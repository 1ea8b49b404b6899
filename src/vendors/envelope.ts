import type { Family, WireId } from './types.ts';

/** A refusal or failure as the caller may see it. */
export interface PublicError {
  /** HTTP status. */
  readonly status: number;
  /** Stable, documented. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
  /** Null where waiting helps nothing. */
  readonly retryAfterSeconds: number | null;
  readonly docsUrl: string;
  /** Who has to act. */
  readonly actor: 'you' | 'us' | 'vendor';
  readonly charged: boolean;
  /** What to do. */
  readonly action: string;
  readonly param: string | null;
}

/** The JSON body of an error in the shape that the family's SDKs read. */
export function errorEnvelope(family: Family, error: PublicError): string {
  switch (family) {
    case 'anthropic':
      return JSON.stringify({ type: 'error', error: anthropicError(error), request_id: error.requestId });
    case 'gemini':
      return JSON.stringify({ error: geminiError(error) });
    default:
      return JSON.stringify({ error: openaiError(error), request_id: error.requestId });
  }
}

/**
 * The text that tells a client of a running stream about a failure, in the event that clients of the wire read, or null
 * where none does and only a broken connection is safe: Gemini's clients take an error event for an invitation to ask
 * again without end. It begins with an empty line, which ends whatever the vendor left unfinished.
 */
export function errorEvent(wire: WireId, error: PublicError): string | null {
  switch (wire) {
    case 'openai.chat':
    case 'openai.completions':
    case 'openai.images':
    case 'openai.audio':
      return event('error', { error: openaiError(error), request_id: error.requestId });
    case 'openai.responses':
      // Codex reads `response.failed` and ignores `error`; OpenAI's SDK throws on `error` alone.
      return event('response.failed', failedResponse(error)) + event('error', responsesError(error));
    case 'anthropic.messages':
      return event('error', { type: 'error', error: anthropicError(error), request_id: error.requestId });
    default:
      return null;
  }
}

function event(name: string, data: object): string {
  return `\n\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Several tools show nothing but the message, so what to do and the id stand in it. */
function fullMessage(error: PublicError): string {
  const parts = [error.message];
  if (error.action !== '' && !error.message.includes(error.action)) parts.push(error.action);
  parts.push(`(request id: ${error.requestId})`);
  return parts.join(' ');
}

/** Members that every family's error has beside its own. */
function ourMembers(error: PublicError): object {
  return {
    code: error.code,
    actor: error.actor,
    charged: error.charged,
    action: error.action,
    docs_url: error.docsUrl,
    request_id: error.requestId,
  };
}

// ---- OpenAI ----

function openaiError(error: PublicError): object {
  return { message: fullMessage(error), type: openaiType(error), param: error.param, ...ourMembers(error) };
}

function openaiType(error: PublicError): string {
  switch (error.status) {
    case 401:
      return 'authentication_error';
    case 402:
      return 'insufficient_quota';
    case 403:
      return 'permission_error';
    case 429:
      return 'rate_limit_error';
  }
  if (error.status < 500) return 'invalid_request_error';
  return error.actor === 'vendor' ? 'upstream_error' : 'api_error';
}

function failedResponse(error: PublicError): object {
  return {
    type: 'response.failed',
    sequence_number: 0,
    response: {
      id: `resp_${error.requestId}`,
      object: 'response',
      created_at: 0,
      status: 'failed',
      error: { ...ourMembers(error), message: fullMessage(error) },
      incomplete_details: null,
      model: '',
      output: [],
      usage: null,
    },
  };
}

function responsesError(error: PublicError): object {
  const { code, param } = error;
  const message = fullMessage(error);
  return { type: 'error', sequence_number: 0, code, message, param, error: openaiError(error) };
}

// ---- Anthropic ----

function anthropicError(error: PublicError): object {
  return { type: anthropicType(error), message: fullMessage(error), ...ourMembers(error) };
}

function anthropicType(error: PublicError): string {
  switch (error.status) {
    case 401:
      return 'authentication_error';
    case 402:
      return 'billing_error';
    case 403:
      return 'permission_error';
    case 404:
      return 'not_found_error';
    case 413:
      return 'request_too_large';
    case 429:
      return 'rate_limit_error';
    case 503:
    case 529:
      return 'overloaded_error';
    case 408:
    case 504:
      return 'timeout_error';
    default:
      return error.status < 500 ? 'invalid_request_error' : 'api_error';
  }
}

// ---- Gemini ----

const googleDetail = 'type.googleapis.com/google.rpc.';

/** After google.rpc.Status: the reason is ours, in Google's way of writing it, and RetryInfo is what gemini-cli obeys. */
function geminiError(error: PublicError): object {
  const details: object[] = [
    {
      '@type': `${googleDetail}ErrorInfo`,
      reason: error.code.toUpperCase(),
      domain: 'lodge',
      metadata: {
        code: error.code,
        actor: error.actor,
        charged: String(error.charged),
        action: error.action,
        requestId: error.requestId,
      },
    },
    { '@type': `${googleDetail}RequestInfo`, requestId: error.requestId },
    { '@type': `${googleDetail}Help`, links: [{ description: error.action, url: error.docsUrl }] },
  ];
  if (error.retryAfterSeconds !== null) {
    details.push({ '@type': `${googleDetail}RetryInfo`, retryDelay: `${error.retryAfterSeconds}s` });
  }
  return { code: error.status, message: fullMessage(error), status: geminiStatus(error.status), details };
}

function geminiStatus(status: number): string {
  switch (status) {
    case 401:
      return 'UNAUTHENTICATED';
    case 402:
      return 'FAILED_PRECONDITION';
    case 403:
      return 'PERMISSION_DENIED';
    case 404:
      return 'NOT_FOUND';
    case 405:
    case 501:
      return 'UNIMPLEMENTED';
    case 408:
    case 504:
      return 'DEADLINE_EXCEEDED';
    case 409:
      return 'ABORTED';
    case 429:
      return 'RESOURCE_EXHAUSTED';
    case 499:
      return 'CANCELLED';
    case 502:
    case 503:
    case 529:
      return 'UNAVAILABLE';
    default:
      return status < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL';
  }
}
