import type { Db, StoredTicket, Ticket } from '../store/index.ts';
import { type TicketPlace, ticketOf } from '../store/index.ts';
import type { CustomerSight } from './sight.ts';

export interface CustomerFilter {
  /** open: neither solved nor closed. */
  readonly state?: 'open' | 'done' | undefined;
}

/** One page of what a customer sees, the last that was written to first. */
export async function listForCustomer(
  db: Db,
  { accountId, organizationId, all }: CustomerSight,
  { state }: CustomerFilter,
  limit: number,
  after: TicketPlace | null,
): Promise<{ readonly tickets: readonly Ticket[]; readonly next: TicketPlace | null }> {
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  const wanted: string[] = [];
  if (organizationId !== null) wanted.push(`organization_id = ${place(organizationId)}`);
  const own = `account_id = ${place(accountId)}`;
  wanted.push(all ? `(${own} or queue not in ('vulnerability', 'spam'))` : own);
  if (state !== undefined) wanted.push(`state in ${state === 'open' ? "('open', 'waiting')" : "('solved', 'closed')"}`);
  if (after !== null) {
    const bound = `timestamptz 'epoch' + ${place(after.atUs)}::text::bigint * interval '1 microsecond'`;
    wanted.push(`(last_message_at, number) < (${bound}, ${place(after.number)}::text::bigint)`);
  }
  const { rows } = await db.query<StoredTicket & { readonly place_us: bigint }>(
    `select *, (extract(epoch from last_message_at) * 1000000)::bigint as place_us from tickets
      where ${wanted.join(' and ')} order by last_message_at desc, number desc limit ${place(limit + 1)}`,
    values,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const next = last === undefined ? null : { atUs: String(last.place_us), number: String(last.number) };
  return { tickets: shown.map(ticketOf), next };
}
