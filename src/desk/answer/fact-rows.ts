import type { MailFinding } from '../../mailroom/index.ts';
import type { ReportFacts } from '../reading/index.ts';
import type { TicketFact } from '../store/index.ts';

/** What was read out of a report, as rows that a ticket is found by. */
export function factRowsOf(
  report: ReportFacts,
  findings: readonly MailFinding[],
  messageId: string,
): readonly TicketFact[] {
  const row = (kind: TicketFact['kind'], value: string, detail: TicketFact['detail'] = {}): TicketFact => ({
    kind,
    value,
    messageId,
    detail,
  });
  return [
    ...report.requestIds.map(({ id, place }) => row('request', id, { place })),
    ...report.mistypedIds.map(({ text, reason, place }) => row('mistyped_request', text, { reason, place })),
    ...report.keyPrefixes.map(({ value, place }) => row('key_prefix', value, { place })),
    ...report.orderIds.map(({ value, place }) => row('order', value, { place })),
    ...report.statuses.map(({ status, place }) => row('status', String(status), { place })),
    ...report.errorCodes.map(({ code, place }) => row('error_code', code, { place })),
    ...report.tools.map(({ tool, version, place }) => row('tool', tool, { version, place })),
    ...report.models.map(({ model, known, place }) => row('model', model, { known, place })),
    ...report.times.map(({ atMs, precision, zone, zoneFrom, text, place }) =>
      row('time', new Date(atMs).toISOString(), { text, precision, zone, zone_from: zoneFrom, place }),
    ),
    ...report.impact.map(({ kind, sentence, place }) => row('impact', kind, { sentence, place })),
    ...findings.map(({ kind, issuer, lastFour, fingerprint }) =>
      row('secret', fingerprint, { kind, issuer, last_four: lastFour }),
    ),
  ];
}
