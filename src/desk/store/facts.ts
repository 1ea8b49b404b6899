import type { Db } from './ticket.ts';

export const factKinds = [
  'request',
  'mistyped_request',
  'key_prefix',
  'order',
  'status',
  'error_code',
  'tool',
  'model',
  'time',
  'impact',
  'secret',
] as const;
export type FactKind = (typeof factKinds)[number];

/** Something exact that was read out of what was written. */
export interface TicketFact {
  readonly kind: FactKind;
  /** At most 300 characters. */
  readonly value: string;
  /** Where it was read. */
  readonly messageId: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Of one ticket: a log that was pasted whole must not fill the table. */
const factsMax = 500;

/** Adds what is not there yet. @returns how many were new */
export async function addFacts(client: Db, ticketNumber: bigint, facts: readonly TicketFact[]): Promise<number> {
  const some = facts.slice(0, factsMax);
  if (some.length === 0) return 0;
  // In one statement: a pasted log has dozens.
  const { rowCount } = await client.query(
    `insert into ticket_facts (ticket_number, kind, value, message_id, detail)
       select $1, kind, value, message_id, detail
         from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[]) with ordinality
           as new (kind, value, message_id, detail, place)
        where not exists (select 1 from ticket_facts f
          where f.ticket_number = $1 and f.kind = new.kind and f.value = new.value)
        order by place
        limit greatest(0, $6 - (select count(*) from ticket_facts where ticket_number = $1))
     on conflict do nothing`,
    [
      ticketNumber,
      some.map(({ kind }) => kind),
      some.map(({ value }) => value.slice(0, 300)),
      some.map(({ messageId }) => messageId),
      some.map(({ detail }) => JSON.stringify(detail)),
      factsMax,
    ],
  );
  return rowCount ?? 0;
}

export async function readFacts(db: Db, ticketNumber: bigint): Promise<readonly TicketFact[]> {
  const { rows } = await db.query<{
    kind: FactKind;
    value: string;
    message_id: string;
    detail: Record<string, unknown>;
  }>('select kind, value, message_id, detail from ticket_facts where ticket_number = $1 order by kind, value', [
    ticketNumber,
  ]);
  return rows.map(({ kind, value, message_id: messageId, detail }) => ({ kind, value, messageId, detail }));
}
