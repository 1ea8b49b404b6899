import type { Db, TicketState } from './ticket.ts';

export type LinkKind = 'related' | 'duplicate' | 'follow_up' | 'split';

export interface TicketLink {
  /** The ticket at the other end. */
  readonly number: bigint;
  readonly subject: string;
  readonly state: TicketState;
  readonly queue: string;
  readonly kind: LinkKind;
  /** from: this ticket names the other; to: it is named by it. `follow_up` from A to B: A follows B. */
  readonly direction: 'from' | 'to';
}

/** @returns false when it was there already */
export async function linkTickets(
  client: Db,
  from: bigint,
  to: bigint,
  kind: LinkKind,
  createdBy: string | null,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into ticket_links (ticket_number, other_number, kind, created_by) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [from, to, kind, createdBy],
  );
  return rowCount === 1;
}

/** @returns whether there was one */
export async function unlinkTickets(client: Db, one: bigint, other: bigint): Promise<boolean> {
  const { rowCount } = await client.query(
    `delete from ticket_links where (ticket_number = $1 and other_number = $2)
        or (ticket_number = $2 and other_number = $1)`,
    [one, other],
  );
  return (rowCount ?? 0) > 0;
}

export async function readLinks(db: Db, number: bigint): Promise<readonly TicketLink[]> {
  const { rows } = await db.query<TicketLink>(
    `select t.number, t.subject, t.state, t.queue, l.kind, l.direction
       from (select other_number as other, kind, 'from' as direction from ticket_links where ticket_number = $1
             union all
             select ticket_number, kind, 'to' from ticket_links where other_number = $1) l
       join tickets t on t.number = l.other order by t.number desc limit 200`,
    [number],
  );
  return rows;
}
