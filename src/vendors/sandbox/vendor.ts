import type { IncomingMessage } from 'node:http';
import type { Call } from './call.ts';
import type { Json } from './json.ts';
import type { Form } from './multipart.ts';
import type { Problem } from './problem.ts';

/** What a handler is given: which of the two holds depends on its route's `body`. */
export interface CallBody {
  readonly json: Json;
  readonly form: Form;
}

/** One endpoint of a vendor. `run` answers the call, or throws a Refusal. */
export interface Route {
  readonly body: 'json' | 'multipart' | 'none';
  readonly run: (call: Call, body: CallBody) => void;
}

/** One vendor as callers see it. */
export interface VendorFace {
  readonly name: 'openai' | 'anthropic' | 'gemini';
  newRequestId(): string;
  /** Headers of every answer. */
  headers(call: Call): Record<string, string | string[]>;
  problemHeaders(status: number): Record<string, string>;
  /** Status, body and the vendor's own word for the error. */
  problem(problem: Problem, requestId: string): { status: number; body: string; error: string };
  /** The credential of a call, or null when there is none. */
  credential(req: IncomingMessage, query: URLSearchParams): string | null;
  /** The endpoint that a method and path (below the vendor's prefix) lead to; `method`: the path exists. */
  route(method: string, path: string): Route | 'method' | null;
}
