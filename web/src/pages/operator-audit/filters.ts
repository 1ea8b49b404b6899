/** What entries can be about. */
export const subjectKinds = [
  'account',
  'announcement',
  'alias',
  'channel',
  'grant',
  'group',
  'invitation',
  'key',
  'mail',
  'member',
  'model',
  'organization',
  'price',
  'project',
  'role',
  'site',
  'team',
  'vendor',
] as const;

/** `2026-02-28` → `2026-03-01`; null for what is no day. Pure. */
export function nextDay(day: string): string | null {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return null;
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
