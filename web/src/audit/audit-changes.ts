type State = Readonly<Record<string, unknown>> | null;

export interface AuditChange {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Every member that an entry names, with what it was and what it is. Objects within are opened: `limits.rpm`. Pure. */
export function auditChanges(before: State, after: State): AuditChange[] {
  const olds = opened(before);
  const news = opened(after);
  const names = [...new Set([...olds.keys(), ...news.keys()])];
  return names.map((name) => ({ name, before: olds.get(name), after: news.get(name) }));
}

/** Text as it is, the rest as JSON; a dash where there is nothing. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function opened(state: State, path = ''): Map<string, unknown> {
  const members = new Map<string, unknown>();
  for (const [name, value] of Object.entries(state ?? {})) {
    const inner = isObject(value) ? opened(value, `${path}${name}.`) : null;
    if (inner === null) members.set(path + name, value);
    else for (const [each, innermost] of inner) members.set(each, innermost);
  }
  return members;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
