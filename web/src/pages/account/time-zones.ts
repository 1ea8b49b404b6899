interface Zone {
  readonly id: string;
  /** "Argentina/Buenos Aires" below "America". */
  readonly label: string;
}

/** IANA names by what stands before their first slash; those without stand with UTC. Pure. */
export function zonesByRegion(names: readonly string[]): [region: string, zones: Zone[]][] {
  const regions = new Map<string, Zone[]>();
  for (const id of [...names, 'UTC'].filter((name, index, all) => all.indexOf(name) === index)) {
    const slash = id.indexOf('/');
    const region = slash < 0 ? 'UTC' : id.slice(0, slash);
    const zones = regions.get(region) ?? [];
    zones.push({ id, label: id.slice(slash + 1).replaceAll('_', ' ') });
    regions.set(region, zones);
  }
  return [...regions].sort(([a], [b]) => (a < b ? -1 : 1));
}
