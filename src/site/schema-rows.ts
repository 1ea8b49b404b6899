/** The part of JSON Schema that our own documents are written in. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export type Schemas = Readonly<Record<string, JsonSchema>>;

/** What a value is, as data: the page says it in the reader's language. */
export interface ValueType {
  /** `string`, `integer`, `object`, … ; a name of a schema; `any`; `form`: one of several objects. */
  readonly name: string;
  /** Inside how many lists. */
  readonly lists: number;
  /** A map from texts to such values. */
  readonly map: boolean;
  readonly nullable: boolean;
  /** JSON text of the values that are allowed; empty: not listed. */
  readonly choices: readonly string[];
  readonly format: string | null;
  readonly least: number | null;
  readonly most: number | null;
  /** What `least` and `most` count. */
  readonly counts: 'value' | 'characters' | 'items';
  /** JSON text; null: none. */
  readonly fallback: string | null;
}

/** A member of an object, with those inside it behind it, one deeper. */
export interface SchemaRow {
  readonly depth: number;
  readonly name: string;
  readonly required: boolean;
  readonly type: ValueType;
  readonly description: string;
}

/** Deeper than any object of ours; what refers to itself ends here too. */
const depthMax = 6;
/** JavaScript's own bounds say nothing to a reader. */
const boundMax = Number.MAX_SAFE_INTEGER;

/** The members of a value that is an object, or a list of them; a list of none for any other value. */
export function schemaRows(schema: JsonSchema, schemas: Schemas, depth = 0): SchemaRow[] {
  if (depth > depthMax) return [];
  const { core } = unwrapped(schema, schemas);
  const forms = objectForms(core, schemas);
  if (forms.length > 1) {
    return forms.flatMap((form, index) => [
      {
        depth,
        name: String(index + 1),
        required: false,
        type: { ...valueType({}, schemas), name: 'form' },
        description: form.description ?? '',
      },
      ...schemaRows(form, schemas, depth + 1),
    ]);
  }
  const object = forms[0] ?? core;
  const required = new Set(object.required ?? []);
  return Object.entries(object.properties ?? {}).flatMap(([name, member]) => [
    {
      depth,
      name,
      required: required.has(name),
      type: valueType(member, schemas),
      description: describe(member, schemas),
    },
    ...schemaRows(member, schemas, depth + 1),
  ]);
}

export function valueType(schema: JsonSchema, schemas: Schemas): ValueType {
  const { core, lists, map, nullable, name } = unwrapped(schema, schemas);
  const outer = resolved(schema, schemas).schema;
  const text = (core.minLength ?? core.maxLength) !== undefined;
  const counts = lists > 0 ? 'items' : text ? 'characters' : 'value';
  const [least, most] =
    counts === 'items'
      ? [outer.minItems, outer.maxItems]
      : counts === 'characters'
        ? [core.minLength, core.maxLength]
        : [core.minimum ?? core.exclusiveMinimum, core.maximum ?? core.exclusiveMaximum];
  const choices = core.const === undefined ? (core.enum ?? []) : [core.const];
  return {
    name: name ?? typeName(core),
    lists,
    map,
    nullable,
    choices: choices.filter((choice) => choice !== null).map((choice) => JSON.stringify(choice)),
    format: core.format ?? null,
    least: bound(least),
    most: bound(most),
    counts,
    fallback: schema.default === undefined ? null : JSON.stringify(schema.default),
  };
}

/** A value that the schema allows and that looks like what it stands for. Members that may be absent are left out. */
export function sampleOf(schema: JsonSchema, schemas: Schemas, depth = 0): unknown {
  const { schema: own } = resolved(schema, schemas);
  if (own.const !== undefined) return own.const;
  if (own.default !== undefined) return own.default;
  if (own.enum !== undefined) return own.enum[0];
  const variant = (own.anyOf ?? own.oneOf)?.find((one) => one.type !== 'null');
  if (variant !== undefined) return sampleOf(variant, schemas, depth);
  switch (mainType(own)) {
    case 'array':
      return own.items === undefined || depth > depthMax ? [] : [sampleOf(own.items, schemas, depth + 1)];
    case 'object':
      return sampleObject(own, schemas, depth);
    case 'integer':
    case 'number':
      return Math.max(own.minimum ?? 1, 1);
    case 'boolean':
      return true;
    default:
      return sampleText(own.format);
  }
}

function sampleObject(schema: JsonSchema, schemas: Schemas, depth: number): Record<string, unknown> {
  if (depth > depthMax) return {};
  const required = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name));
  return Object.fromEntries(members.map(([name, member]) => [name, sampleOf(member, schemas, depth + 1)]));
}

function sampleText(format: string | undefined): string {
  switch (format) {
    case 'date-time':
      return '2027-01-01T00:00:00Z';
    case 'email':
      return 'you@example.com';
    case 'uri':
      return 'https://example.com';
    default:
      return '…';
  }
}

interface Unwrapped {
  readonly core: JsonSchema;
  readonly lists: number;
  readonly map: boolean;
  readonly nullable: boolean;
  /** Of the schema that it refers to. */
  readonly name: string | null;
}

/** Takes away "or null", lists and maps, until there is a value that has a type of its own. */
function unwrapped(schema: JsonSchema, schemas: Schemas): Unwrapped {
  let lists = 0;
  let map = false;
  let nullable = false;
  let name: string | null = null;
  let core = schema;
  for (let step = 0; step < 4 * depthMax; step++) {
    const found = resolved(core, schemas);
    core = found.schema;
    name = found.name ?? name;
    const variants = core.anyOf ?? core.oneOf;
    const others = variants?.filter((one) => one.type !== 'null');
    if (variants !== undefined && others !== undefined && others.length < variants.length && lists === 0)
      nullable = true;
    if (Array.isArray(core.type) && core.type.includes('null') && lists === 0) nullable = true;
    const [only] = others ?? [];
    if (others?.length === 1 && only !== undefined) core = only;
    else if (mainType(core) === 'array' && core.items !== undefined) {
      lists++;
      core = core.items;
    } else if (typeof core.additionalProperties === 'object' && core.properties === undefined) {
      map = true;
      core = core.additionalProperties;
    } else break;
    name = null;
  }
  return { core, lists, map, nullable, name };
}

/** The forms that an object may take; none for other values. */
function objectForms(core: JsonSchema, schemas: Schemas): JsonSchema[] {
  const variants = core.anyOf ?? core.oneOf ?? core.allOf;
  const plain = (variants ?? []).map((one) => resolved(one, schemas).schema).filter((one) => one.properties);
  if (core.allOf === undefined) return plain;
  const merged = {
    properties: Object.assign({}, ...plain.map((one) => one.properties)) as Record<string, JsonSchema>,
    required: plain.flatMap((one) => one.required ?? []),
  };
  return [merged];
}

function resolved(schema: JsonSchema, schemas: Schemas): { schema: JsonSchema; name: string | null } {
  const name = schema.$ref?.split('/').at(-1);
  if (name === undefined) return { schema, name: null };
  const { $ref: _, ...beside } = schema;
  return { schema: { ...schemas[name], ...beside }, name };
}

function describe(schema: JsonSchema, schemas: Schemas): string {
  return schema.description ?? unwrapped(schema, schemas).core.description ?? '';
}

function typeName(core: JsonSchema): string {
  const variants = core.anyOf ?? core.oneOf;
  if (variants !== undefined) return [...new Set(variants.map(typeName))].join(' | ');
  if (core.type !== undefined) return mainType(core);
  if (core.properties !== undefined || core.allOf !== undefined) return 'object';
  const [choice] = core.enum ?? (core.const === undefined ? [] : [core.const]);
  return choice === undefined ? 'any' : typeof choice;
}

function mainType({ type, properties }: JsonSchema): string {
  if (typeof type === 'string') return type;
  const named = type?.find((one) => one !== 'null');
  return named ?? (properties ? 'object' : 'any');
}

function bound(value: number | undefined): number | null {
  return value === undefined || Math.abs(value) >= boundMax ? null : value;
}
