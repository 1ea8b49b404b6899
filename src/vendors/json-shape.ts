/** Which members of a JSON text are read: their paths, and what is wanted of each. */

/** What to do with the value at a path. */
type Action = 'none' | 'capture' | 'text' | 'mark';

interface Leaf {
  readonly action: Exclude<Action, 'none'>;
  readonly slot: number;
}

/** Hands over the raw bytes of the value. */
export function capture(slot: number): Leaf {
  return { action: 'capture', slot };
}

/** Counts the UTF-8 bytes of a string after unescaping, or the raw bytes of an object or array. */
export function text(slot: number): Leaf {
  return { action: 'text', slot };
}

/** Tells that the value is there, and where it began and ended. */
export function mark(slot: number): Leaf {
  return { action: 'mark', slot };
}

/** Marks an object or array that is itself followed: reported when it ends. */
export const self = Symbol('self');

/** Members by key; `[x]` stands for each element of an array. */
export type ShapeSpec = Leaf | readonly [ShapeSpec] | { readonly [key: string]: ShapeSpec; readonly [self]?: Leaf };

interface KeyEntry {
  readonly name: string;
  readonly bytes: Buffer;
  readonly node: Shape;
}

/** A compiled shape. */
export interface Shape {
  action: Action;
  slot: number;
  /** Entries by the length of the key: one comparison settles most keys. */
  keys: (readonly KeyEntry[] | undefined)[] | null;
  element: Shape | null;
}

/** Compiles shapes of one place: the first that is an object, an array or a leaf gives that part. */
export function compileShape(...specs: readonly ShapeSpec[]): Shape {
  const shape: Shape = { action: 'none', slot: -1, keys: null, element: null };
  for (const spec of specs) {
    if (isElements(spec)) shape.element = compileShape(spec[0]);
    else if (isLeaf(spec)) setLeaf(shape, spec);
    else addKeys(shape, spec);
  }
  return shape;
}

function isElements(spec: ShapeSpec): spec is readonly [ShapeSpec] {
  return Array.isArray(spec);
}

function isLeaf(spec: ShapeSpec): spec is Leaf {
  return typeof (spec as Leaf).slot === 'number';
}

function setLeaf(shape: Shape, leaf: Leaf): void {
  shape.action = leaf.action;
  shape.slot = leaf.slot;
}

function addKeys(shape: Shape, spec: { readonly [key: string]: ShapeSpec; readonly [self]?: Leaf }): void {
  const keys: KeyEntry[][] = [];
  for (const [name, child] of Object.entries(spec)) {
    const bytes = Buffer.from(name);
    const sameLength = keys[bytes.length] ?? [];
    sameLength.push({ name, bytes, node: compileShape(child) });
    keys[bytes.length] = sameLength;
  }
  shape.keys = keys;
  const own = spec[self];
  if (own) setLeaf(shape, own);
}

/** Receives what a scan finds, in the order of the bytes. */
export interface JsonSink {
  /**
   * A value has ended. `bytes[from, to)` is its raw JSON for a captured one that is within the limit, else `bytes` is
   * null. `start` and `end` count from the first byte ever pushed since the last reset.
   */
  value(slot: number, bytes: Buffer | null, from: number, to: number, start: number, end: number): void;
  /** So many more bytes of a counted text. */
  text(slot: number, byteCount: number): void;
}

/** Longer keys cannot be a watched one, even with every character written as `\u0000`. */
export const longestKeyBytes = 256;

/** The shape of the member whose key is `bytes[from, to)`, compared after unescaping. */
export function findKey(parent: Shape, bytes: Buffer, from: number, to: number, mayHaveEscapes: boolean): Shape | null {
  const candidates = parent.keys?.[to - from];
  if (candidates !== undefined) {
    for (const candidate of candidates) if (sameBytes(candidate.bytes, bytes, from)) return candidate.node;
  }
  return mayHaveEscapes ? findEscapedKey(parent, bytes, from, to) : null;
}

function sameBytes(key: Buffer, bytes: Buffer, from: number): boolean {
  for (let i = key.length - 1; i >= 0; i--) if (key[i] !== bytes[from + i]) return false;
  return true;
}

function findEscapedKey(parent: Shape, bytes: Buffer, from: number, to: number): Shape | null {
  if (to - from > longestKeyBytes) return null;
  const raw = bytes.toString('utf8', from, to);
  if (!raw.includes('\\')) return null;
  const name = parseString(`"${raw}"`);
  const candidates = name === null ? undefined : parent.keys?.[Buffer.byteLength(name)];
  return candidates?.find((candidate) => candidate.name === name)?.node ?? null;
}

function parseString(json: string): string | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** The string that raw JSON bytes stand for, or null when they are no string. */
export function jsonString(bytes: Buffer, from: number, to: number): string | null {
  if (bytes[from] !== 0x22) return null;
  return parseString(bytes.toString('utf8', from, to));
}

/** The value that raw JSON bytes stand for, or undefined when they are no JSON. */
export function jsonValue(bytes: Buffer, from: number, to: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', from, to));
  } catch {
    return undefined;
  }
}
