import type pg from 'pg';
import { csvRow } from '../base/csv.ts';
import { type AuditViewer, type DeviceWords, type ShownEntry, shownEntry } from './entry.ts';
import { type AuditFilter, eachAuditEntry } from './read.ts';

export type DownloadFormat = 'csv' | 'json';

const columns = [
  'at',
  'action',
  'organization',
  'actor_kind',
  'actor_id',
  'actor',
  'acting_as',
  'token',
  'subject_kind',
  'subject_id',
  'subject',
  'before',
  'after',
  'ip_address',
  'device',
  'request_id',
  'id',
] as const;

export interface Download {
  readonly format: DownloadFormat;
  readonly viewer: AuditViewer;
  readonly device: DeviceWords;
  readonly signal: AbortSignal;
}

/** The log as text, piece by piece: CSV with a head, or one JSON array with an entry on each line. */
export async function* auditDownload(pool: pg.Pool, filter: AuditFilter, options: Download): AsyncGenerator<string> {
  const json = options.format === 'json';
  let first = true;
  for await (const batch of eachAuditEntry(pool, filter, options.signal)) {
    const shown = batch.map((entry) => shownEntry(entry, options.viewer, options.device));
    const lines = shown.map((entry, index) => {
      if (!json) return csvLine(entry);
      return `${first && index === 0 ? '\n' : ',\n'}${JSON.stringify(entry)}`;
    });
    const opening = json ? '[' : csvRow(columns);
    yield (first ? opening : '') + lines.join('');
    first = false;
  }
  if (json) yield '\n]\n';
}

function csvLine(entry: ShownEntry): string {
  const { actor, subject, from } = entry;
  const values: Record<(typeof columns)[number], string | null> = {
    at: entry.at,
    action: entry.action,
    organization: entry.organization?.id ?? null,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor: actor.name,
    acting_as: actor.acting_as?.id ?? null,
    token: actor.token?.id ?? null,
    subject_kind: subject.kind,
    subject_id: subject.id,
    subject: subject.name,
    before: entry.before && JSON.stringify(entry.before),
    after: entry.after && JSON.stringify(entry.after),
    ip_address: from.ip_address,
    device: from.device,
    request_id: entry.request_id,
    id: entry.id,
  };
  return csvRow(columns.map((column) => values[column]));
}
