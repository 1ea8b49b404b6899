/** Who reads: staff of the site see everything, customers their own organization and of staff no more than "Support". */
export type AuditViewer = 'staff' | 'customer';

/** An entry with the names that its ids have today. */
export interface StoredEntry {
  readonly at_us: bigint;
  readonly id: string;
  readonly organization_id: string | null;
  readonly organization_name: string | null;
  readonly actor_kind: 'account' | 'admin_token' | 'system';
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly as_staff: boolean;
  readonly acting_as: string | null;
  readonly acting_as_email: string | null;
  readonly token_id: string | null;
  readonly token_name: string | null;
  readonly action: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  readonly request_id: string | null;
}

export interface ShownEntry {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly organization: { readonly id: string; readonly name: string } | null;
  readonly actor: {
    readonly kind: 'account' | 'support' | 'admin_token' | 'system';
    readonly id: string | null;
    readonly name: string;
    readonly acting_as: { readonly id: string; readonly email: string | null } | null;
    readonly token: { readonly id: string; readonly name: string | null } | null;
  };
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly from: { readonly ip_address: string | null; readonly device: string | null };
  readonly request_id: string | null;
}

/** Turns a `User-Agent` into words such as "Firefox on Windows"; null when it says nothing. */
export type DeviceWords = (userAgent: string | null) => string | null;

/** Pure: an entry as its reader may see it. */
export function shownEntry(entry: StoredEntry, viewer: AuditViewer, device: DeviceWords): ShownEntry {
  const hidden = viewer === 'customer' && entry.as_staff;
  return {
    id: entry.id,
    at: timeText(entry.at_us),
    action: entry.action,
    organization:
      entry.organization_id === null ? null : { id: entry.organization_id, name: entry.organization_name ?? '' },
    actor: {
      kind: hidden ? 'support' : entry.actor_kind,
      id: hidden ? null : entry.actor_id,
      name: hidden ? 'Support' : entry.actor_name,
      acting_as: entry.acting_as === null ? null : { id: entry.acting_as, email: entry.acting_as_email },
      token: hidden || entry.token_id === null ? null : { id: entry.token_id, name: entry.token_name },
    },
    subject: { kind: entry.subject_kind, id: entry.subject_id, name: entry.subject_name },
    before: entry.before,
    after: entry.after,
    from: hidden
      ? { ip_address: null, device: null }
      : { ip_address: entry.ip_address, device: device(entry.user_agent) },
    request_id: hidden ? null : entry.request_id,
  };
}

/** Microseconds, as Postgres sorts: a reader who puts lines in order again gets the order of the list. */
function timeText(atUs: bigint): string {
  const micros = String(atUs % 1_000n).padStart(3, '0');
  return new Date(Number(atUs / 1_000n)).toISOString().replace('Z', `${micros}Z`);
}
