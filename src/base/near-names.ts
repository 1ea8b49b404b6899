/** How far a name is compared, and how many names: the work stays under a few milliseconds whatever is asked. */
const comparedLength = 64;
const comparedNames = 1_000;

/** Names that somebody who wrote `asked` may have meant: at most three, the nearest first. */
export function nearNames(asked: string, names: readonly string[]): string[] {
  const wanted = asked.toLowerCase().slice(0, comparedLength);
  if (wanted === '') return [];
  const most = Math.max(3, Math.floor(wanted.length / 3));
  const near: { name: string; distance: number }[] = [];
  for (const name of names.slice(0, comparedNames)) {
    const candidate = name.toLowerCase().slice(0, comparedLength);
    const distance = editDistance(wanted, candidate);
    if (distance <= most || candidate.startsWith(wanted) || wanted.startsWith(candidate)) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.slice(0, 3).map((entry) => entry.name);
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, changed));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
