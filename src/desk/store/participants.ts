import type { Db } from './ticket.ts';

export interface Participant {
  /** In lower case. */
  readonly address: string;
  readonly name: string;
  readonly accountId: string | null;
  /** follower: staff who want to hear of it; takes no part as a customer. */
  readonly role: 'requester' | 'cc' | 'follower';
}

/** More are not kept: a mail to half the world is not a conversation. */
export const participantsMax = 50;

/** Adds who is not there yet; whoever is keeps the role they have. */
export async function addParticipants(
  client: Db,
  ticketNumber: bigint,
  participants: readonly Participant[],
): Promise<void> {
  for (const { address, name, accountId, role } of participants.slice(0, participantsMax)) {
    await client.query(
      `insert into ticket_participants (ticket_number, address, name, account_id, role)
         select $1, lower($2), $3, $4, $5
          where (select count(*) from ticket_participants where ticket_number = $1) < $6
       on conflict (ticket_number, address) do update
         set account_id = coalesce(ticket_participants.account_id, excluded.account_id)`,
      [ticketNumber, address, name.slice(0, 200), accountId, role, participantsMax],
    );
  }
}

/** @returns whether there was one to remove; the requester stays */
export async function removeParticipant(client: Db, ticketNumber: bigint, address: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `delete from ticket_participants where ticket_number = $1 and address = lower($2) and role <> 'requester'`,
    [ticketNumber, address],
  );
  return rowCount === 1;
}

/** The requester first, then by address. */
export async function readParticipants(db: Db, ticketNumber: bigint): Promise<readonly Participant[]> {
  const { rows } = await db.query<{
    address: string;
    name: string;
    account_id: string | null;
    role: Participant['role'];
  }>(
    `select address, name, account_id, role from ticket_participants where ticket_number = $1
      order by role = 'requester' desc, address`,
    [ticketNumber],
  );
  return rows.map(({ address, name, account_id: accountId, role }) => ({ address, name, accountId, role }));
}
