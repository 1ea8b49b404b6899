import { usageError } from './context.ts';

/** `30d`, `12h`, an ISO date (its end, UTC) or time → ISO time. */
export function timeOf(text: string, nowMs: number): string {
  const span = /^(\d{1,5})([hd])$/.exec(text);
  if (span) return new Date(nowMs + Number(span[1]) * (span[2] === 'h' ? 3_600_000 : 86_400_000)).toISOString();
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59.999Z` : text);
  if (Number.isNaN(time)) throw usageError(`"${text}" is no time; write 30d, 12h, 2027-01-31 or 2027-01-31T12:00:00Z.`);
  return new Date(time).toISOString();
}

/** A span is meant backwards here; a date is its first moment. */
export function pastTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const span = /^(\d{1,5})([mhd])$/.exec(text);
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[span?.[2] ?? 'm'] ?? 0;
  if (span) return new Date(Date.now() - Number(span[1]) * unitMs).toISOString();
  return timeOf(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text, Date.now());
}
