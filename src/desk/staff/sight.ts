import type pg from 'pg';
import type { StaffPermission } from '../../base/permissions.ts';
import type { RouteContext } from '../../http/index.ts';
import { type Db, lockTicket, readTicket, readTicketName, type Ticket, ticketNotFound } from '../store/index.ts';

/** Whether the caller has a permission of staff beside the one that the route asks for. */
export function mayStaff({ caller }: Pick<RouteContext, 'caller'>, permission: StaffPermission): boolean {
  if (caller.kind !== 'person') return caller.kind === 'admin_token';
  const granted = caller.token === null || caller.token.permissions.has(`staff:${permission}`);
  return granted && caller.staff?.permissions.has(permission) === true;
}

/** Account id of who calls; null for the admin token, which is nobody. */
export function viewerOf({ caller }: Pick<RouteContext, 'caller'>): string | null {
  return caller.kind === 'person' ? caller.accountId : null;
}

/**
 * The ticket that a path names, if the caller may see it. A report of a vulnerability is not there for others.
 *
 * @throws AppError `ticket_not_found`
 */
export async function seenTicket(db: Db, context: Pick<RouteContext, 'caller'>, name: string): Promise<Ticket> {
  return seen(context, name, (number) => readTicket(db, number));
}

/** The same, held until the transaction ends. */
export async function seenAndLocked(
  client: pg.ClientBase,
  context: Pick<RouteContext, 'caller'>,
  name: string,
): Promise<Ticket> {
  return seen(context, name, (number) => lockTicket(client, number));
}

async function seen(
  context: Pick<RouteContext, 'caller'>,
  name: string,
  read: (number: bigint) => Promise<Ticket>,
): Promise<Ticket> {
  const number = readTicketName(name);
  if (number === null) throw ticketNotFound(name);
  const ticket = await read(number);
  if (ticket.queue === 'vulnerability' && !mayStaff(context, 'tickets.security')) throw ticketNotFound(number);
  return ticket;
}
