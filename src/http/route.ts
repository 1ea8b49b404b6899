import { z } from 'zod';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Reach } from '../base/permissions.ts';
import type { Access, Caller, Openness, Person } from './access.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler knows of the call beside its input. */
export interface RouteContext {
  readonly requestId: string;
  readonly log: Log;
  /** Fires when the caller has left. */
  readonly signal: AbortSignal;
  readonly caller: Caller;
  /** The caller as the audit log names it. */
  readonly actor: Actor;
  /** Where the call carries a signature of its body (`Lodge-Signature`): that, and the bytes as they came. */
  readonly signed?: { readonly signature: string; readonly bytes: Buffer };
  /** The raw `Cookie` header, for those who set cookies themselves; empty when there was none. */
  readonly cookies: string;
  /** The name that the caller reached us by, without a port; what it says, nobody has proved. Empty when there was none. */
  readonly hostname: string;
}

/** Of `account` routes. */
export interface AccountContext extends RouteContext {
  readonly person: Person;
}

/** Of `organization:…` routes. */
export interface OrganizationContext extends AccountContext {
  readonly organizationId: string;
  /** How far each permission reaches in this organization. */
  readonly reach: Reach;
}

export type ContextOf<A extends Access> = A extends `organization:${string}`
  ? OrganizationContext
  : A extends 'account'
    ? AccountContext
    : RouteContext;

/** An answer that is no JSON: a download, an image. Its pieces are sent as they come. */
export class FileBody {
  readonly contentType: string;

  constructor(contentType: string) {
    this.contentType = contentType;
  }
}

export type FilePieces = AsyncIterable<string | Uint8Array>;

/** Which codes may be answered, and with which HTTP status: `{ group_not_found: 404 }`. Codes are never renamed. */
export type ProblemTable = Readonly<Record<string, number>>;

/** The body's schema by status; null for an answer without a body (204). Members have names in snake_case. */
export type Responses = Readonly<Record<number, z.ZodType | FileBody | null>>;

export type ReplyHeaders = Readonly<Record<string, string | readonly string[]>>;

export interface FieldError {
  /** Where: `body.limits.rpm`, `query.limit`, `params.id`. */
  readonly field: string;
  readonly message: string;
}

/** Input that a route's schemas refuse. Answered as 400 `input_invalid` with one entry per wrong field. */
export class InputError extends AppError {
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super('input_invalid', errors.map((error) => `${error.field}: ${error.message}`).join('; '));
    this.name = 'InputError';
    this.errors = errors;
  }
}

type Nothing = z.ZodObject<Record<never, never>>;

interface Input<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
}

/** `{ status, body }` for one of the declared statuses; `body` is what the declaration says: JSON, pieces, or null. */
type ReplyOf<Answers extends Responses> = {
  [Status in keyof Answers & number]: {
    readonly status: Status;
    readonly body: Answers[Status] extends z.ZodType
      ? z.input<Answers[Status]>
      : Answers[Status] extends FileBody
        ? FilePieces
        : null;
    readonly headers?: ReplyHeaders;
  };
}[keyof Answers & number];

interface Declaration<
  A extends Access,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answers extends Responses,
> extends Openness {
  readonly method: Method;
  /** Whole path in OpenAPI's form: `/admin/v1/groups/{group}/models/{model}`. */
  readonly path: string;
  /** One line in the imperative: "List the groups". */
  readonly summary: string;
  readonly access: A;
  /** One string per placeholder of the path, already decoded. */
  readonly params?: Params;
  /** Values arrive as strings (`z.coerce.number()`), or as arrays when a name is repeated. */
  readonly query?: Query;
  /** Absent: a body is not read. */
  readonly body?: Body;
  readonly responses: Answers;
  /** Every code that `handle` may throw as an AppError, with its status. */
  readonly problems?: ProblemTable;
  handle(context: ContextOf<A>, input: Input<Params, Query, Body>): Promise<ReplyOf<NoInfer<Answers>>>;
}

/** Input as it came in, before any schema has seen it. */
export interface RawInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

export interface RouteReply {
  readonly status: number;
  /** JSON, `FilePieces` where a file was declared, or null. */
  readonly body: unknown;
  readonly headers: ReplyHeaders;
}

/** One endpoint, as the application, the OpenAPI document and the tests walk it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly openness: Openness;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly responses: Responses;
  readonly problems: ProblemTable;
  /** `context` must be what `access` asks for. @throws InputError; AppError with a code of `problems`. */
  call(context: RouteContext, raw: RawInput): Promise<RouteReply>;
}

const nothing: Nothing = z.object({});

/**
 * Declares an endpoint. Input is checked before `handle` runs; members that no schema names are refused, so that a
 * misspelt one is not ignored in silence. The answer passes through its schema: what is not declared never leaves.
 */
export function route<
  const A extends Access,
  const Answers extends Responses,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodType = z.ZodUndefined,
>(declaration: Declaration<A, Params, Query, Body, Answers>): Route {
  const params: z.ZodObject = declaration.params ?? nothing;
  const query = strictObject(declaration.query ?? nothing);
  const body = declaration.body ? strict(declaration.body) : null;
  checkPlaceholders(declaration.path, params);
  checkPlace(declaration.path, declaration.access);
  return {
    method: declaration.method,
    path: declaration.path,
    summary: declaration.summary,
    access: declaration.access,
    openness: {
      beforePasswordChange: declaration.beforePasswordChange ?? false,
      whileActing: declaration.whileActing ?? false,
    },
    params,
    query,
    body,
    responses: declaration.responses,
    problems: declaration.problems ?? {},
    async call(context, raw) {
      const errors: FieldError[] = [];
      const input = {
        params: check('params', params, raw.params, errors),
        query: check('query', query, raw.query, errors),
        body: body === null ? undefined : check('body', body, raw.body, errors),
      };
      if (errors.length > 0) throw new InputError(errors);
      // The gate and the three schemas have just made it so; the compiler cannot follow them that far.
      const reply = await declaration.handle(context as ContextOf<A>, input as Input<Params, Query, Body>);
      const schema = declaration.responses[reply.status] ?? null;
      const answered = schema instanceof z.ZodType ? schema.parse(reply.body) : reply.body;
      return { status: reply.status, body: answered, headers: reply.headers ?? {} };
    },
  };
}

function strict(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodObject ? strictObject(schema) : schema;
}

function strictObject(schema: z.ZodObject): z.ZodObject {
  // A schema that says itself what becomes of unknown members (z.looseObject, catchall) keeps its say.
  return schema.def.catchall === undefined ? schema.strict() : schema;
}

function check(place: string, schema: z.ZodType, value: unknown, errors: FieldError[]): unknown {
  if (place === 'body' && value === undefined && !schema.safeParse(undefined).success) {
    errors.push({ field: 'body', message: 'a JSON body is needed (Content-Type: application/json)' });
    return undefined;
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues.slice(0, 20)) {
    errors.push({ field: [place, ...issue.path.map(String)].join('.'), message: issue.message });
  }
  return undefined;
}

function checkPlaceholders(path: string, params: z.ZodObject): void {
  const inPath = [...path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1]).sort();
  const declared = Object.keys(params.shape).sort();
  if (inPath.join() !== declared.join()) {
    throw new TypeError(`${path} names {${inPath.join()}}, its params declare {${declared.join()}}`);
  }
}

/** Staff have their own part of the API, and an organization's permission needs the organization. */
function checkPlace(path: string, access: Access): void {
  const staff = access.startsWith('staff:');
  if (staff !== path.startsWith('/admin/v1/')) throw new TypeError(`${path}: ${access} does not belong there`);
  if (access.startsWith('organization:') !== path.startsWith('/control/v1/organizations/{organization}')) {
    throw new TypeError(`${path}: ${access} does not fit the path`);
  }
}
