const dayMs = 24 * 3_600_000;

/** The days of UTC from one instant until before another, `2026-11-21`. Pure. */
export function daysBetween(from: string, to: string): string[] {
  const firstMs = Math.floor(Date.parse(from) / dayMs) * dayMs;
  const count = Math.max(0, Math.ceil((Date.parse(to) - firstMs) / dayMs));
  return Array.from({ length: count }, (_, index) => new Date(firstMs + index * dayMs).toISOString().slice(0, 10));
}
