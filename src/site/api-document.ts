import { commonProblems } from '../http/index.ts';
import { anchorName } from './markdown.ts';
import {
  type JsonSchema,
  type SchemaRow,
  type Schemas,
  sampleOf,
  schemaRows,
  type ValueType,
  valueType,
} from './schema-rows.ts';

/** Who may call an operation. */
export type ApiAccess =
  | { readonly kind: 'public' }
  /** A signed-in person; a token too where it only reads. */
  | { readonly kind: 'account'; readonly tokens: boolean }
  | { readonly kind: 'organization' | 'staff'; readonly permission: string };

export interface ApiParameter {
  readonly name: string;
  readonly place: 'path' | 'query';
  readonly required: boolean;
  readonly type: ValueType;
  readonly description: string;
}

export interface ApiContent {
  readonly mediaType: string;
  readonly type: ValueType;
  readonly rows: readonly SchemaRow[];
}

export interface ApiAnswer {
  readonly status: string;
  readonly title: string;
  /** Null: no body. */
  readonly content: ApiContent | null;
}

export interface ApiOperation {
  /** Anchor on its page. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly access: ApiAccess;
  readonly parameters: readonly ApiParameter[];
  readonly body: (ApiContent & { readonly required: boolean; readonly sample: string }) | null;
  readonly answers: readonly ApiAnswer[];
  /** Codes of its own, by status; those that any endpoint may answer are not among them. */
  readonly problems: readonly { readonly status: string; readonly codes: readonly string[] }[];
}

/** What belongs together, on a page of its own. */
export interface ApiGroup {
  /** Part of the address: `keys`, `staff-keys`. */
  readonly slug: string;
  readonly name: string;
  readonly staff: boolean;
  readonly operations: readonly ApiOperation[];
}

export interface ApiDocument {
  readonly groups: readonly ApiGroup[];
  /** The body of every refusal. */
  readonly problem: readonly SchemaRow[];
}

interface Media {
  readonly [mediaType: string]: { readonly schema?: JsonSchema };
}

interface RawOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required?: boolean;
    readonly description?: string;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Media };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Media }>>;
  /** `public`, `account`, `organization:keys.read`, `staff:keys.read`. */
  readonly 'x-access'?: string;
}

interface RawDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components?: { readonly schemas?: Schemas };
}

/** Reads the document that `http/` makes of the route table. It is ours, so its form is taken as given. */
export function readApiDocument(text: string): ApiDocument {
  const document = JSON.parse(text) as RawDocument;
  const schemas = document.components?.schemas ?? {};
  const groups = new Map<string, ApiGroup & { operations: ApiOperation[] }>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, raw] of Object.entries(operations)) {
      const staff = path.startsWith('/admin/');
      const name = (raw.tags?.[0] ?? 'other').replace(/^staff: /, '');
      const slug = anchorName(staff ? `staff ${name}` : name);
      const group = groups.get(slug) ?? { slug, name, staff, operations: [] };
      group.operations.push(operationOf(method.toUpperCase(), path, raw, schemas));
      groups.set(slug, group);
    }
  }
  const sorted = [...groups.values()].sort((a, b) => Number(a.staff) - Number(b.staff) || (a.slug < b.slug ? -1 : 1));
  return { groups: sorted, problem: schemaRows(schemas['Problem'] ?? {}, schemas) };
}

function operationOf(method: string, path: string, raw: RawOperation, schemas: Schemas): ApiOperation {
  const answered = Object.entries(raw.responses);
  return {
    id: raw.operationId,
    method,
    path,
    summary: raw.summary,
    access: accessOf(method, raw['x-access'] ?? 'account'),
    parameters: (raw.parameters ?? []).map(({ name, in: place, required = false, description, schema }) => ({
      name,
      place,
      required,
      type: valueType(schema, schemas),
      description: description ?? schema.description ?? '',
    })),
    body: bodyOf(raw, schemas),
    answers: answered
      .filter(([status]) => Number(status) < 400)
      .map(([status, { description, content }]) => ({
        status,
        title: description,
        content: contentOf(content, schemas),
      })),
    problems: answered
      .filter(([status]) => Number(status) >= 400)
      .map(([status, { description }]) => ({ status, codes: ownCodes(description) }))
      .filter(({ codes }) => codes.length > 0),
  };
}

function accessOf(method: string, access: string): ApiAccess {
  const [kind, permission] = access.split(':', 2);
  if (kind === 'public') return { kind };
  if (permission !== undefined && (kind === 'organization' || kind === 'staff')) return { kind, permission };
  return { kind: 'account', tokens: method === 'GET' };
}

function bodyOf({ requestBody }: RawOperation, schemas: Schemas): ApiOperation['body'] {
  const content = contentOf(requestBody?.content, schemas);
  const schema = requestBody?.content['application/json']?.schema;
  if (content === null || requestBody === undefined) return null;
  const sample = JSON.stringify(schema === undefined ? {} : sampleOf(schema, schemas));
  return { ...content, required: requestBody.required ?? false, sample };
}

function contentOf(content: Media | undefined, schemas: Schemas): ApiContent | null {
  const [mediaType, media] = Object.entries(content ?? {})[0] ?? [];
  if (mediaType === undefined) return null;
  const schema = media?.schema ?? {};
  return { mediaType, type: valueType(schema, schemas), rows: schemaRows(schema, schemas) };
}

/** A refusal's description lists its codes: "`key_not_found`, `key_deleted`". */
function ownCodes(description: string): string[] {
  const codes = [...description.matchAll(/`([a-z0-9_]+)`/g)].map((match) => match[1] ?? '');
  return codes.filter((code) => !Object.hasOwn(commonProblems, code));
}
