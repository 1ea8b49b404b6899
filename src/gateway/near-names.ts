/** Names that somebody who wrote `asked` may have meant: at most three, the nearest first. */
export function nearNames(asked: string, names: readonly string[]): string[] {
  const wanted = asked.toLowerCase().slice(0, 64);
  const scored: { name: string; distance: number }[] = [];
  for (const name of names.slice(0, 1_000)) {
    const distance = editDistance(wanted, name.toLowerCase());
    const shared = name.toLowerCase().startsWith(wanted) || wanted.startsWith(name.toLowerCase());
    if (shared || distance <= Math.max(3, Math.floor(wanted.length / 3))) scored.push({ name, distance });
  }
  return scored
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's distance: letters to add, drop or change. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, change));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
