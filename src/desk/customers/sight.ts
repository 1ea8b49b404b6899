import type pg from 'pg';
import type { AccountContext, OrganizationContext } from '../../http/index.ts';
import { type Db, lockTicket, readTicket, readTicketName, type Ticket, ticketNotFound } from '../store/index.ts';

/** Which tickets a customer sees: their own ones, or all of an organization. */
export interface CustomerSight {
  readonly accountId: string;
  /** Null: in whichever organization, or in none. */
  readonly organizationId: string | null;
  /** All that the organization has, not only their own. */
  readonly all: boolean;
}

export function ofAccount({ person }: AccountContext): CustomerSight {
  return { accountId: person.accountId, organizationId: null, all: false };
}

export function ofOrganization({ person, organizationId, reach }: OrganizationContext): CustomerSight {
  return { accountId: person.accountId, organizationId, all: reach.get('tickets.read')?.all === true };
}

/**
 * Pure. A report of a vulnerability is seen by whoever sent it alone, also within the organization: it may be about one of
 * its people.
 */
export function sees({ accountId, organizationId, all }: CustomerSight, ticket: Ticket): boolean {
  if (organizationId !== null && ticket.organizationId !== organizationId) return false;
  if (ticket.accountId === accountId) return true;
  return all && organizationId !== null && ticket.queue !== 'vulnerability' && ticket.queue !== 'spam';
}

/** @throws AppError `ticket_not_found` */
export async function customersTicket(db: Db, sight: CustomerSight, name: string): Promise<Ticket> {
  return checked(sight, name, (number) => readTicket(db, number));
}

export async function customersTicketLocked(
  client: pg.ClientBase,
  sight: CustomerSight,
  name: string,
): Promise<Ticket> {
  return checked(sight, name, (number) => lockTicket(client, number));
}

async function checked(sight: CustomerSight, name: string, read: (number: bigint) => Promise<Ticket>): Promise<Ticket> {
  const number = readTicketName(name);
  if (number === null) throw ticketNotFound(name);
  const ticket = await read(number);
  if (!sees(sight, ticket)) throw ticketNotFound(number);
  return ticket;
}
