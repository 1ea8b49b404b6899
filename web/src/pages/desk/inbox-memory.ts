/** Where the reader comes from: the view of the inbox and what stood in it, for the way back and to the next ticket. */
interface Remembered {
  readonly search: Readonly<Record<string, string | undefined>>;
  readonly ids: readonly string[];
}

let remembered: Remembered = { search: {}, ids: [] };

export function rememberInbox(next: Remembered): void {
  remembered = next;
}

export function rememberedInbox(): Remembered {
  return remembered;
}

/** Neighbours of a ticket in the list that was last seen; null where it was not in it. Pure. */
export function neighbours(
  ids: readonly string[],
  id: string,
): { readonly at: number; readonly previous: string | null; readonly next: string | null } | null {
  const at = ids.indexOf(id);
  if (at < 0) return null;
  return { at, previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null };
}
