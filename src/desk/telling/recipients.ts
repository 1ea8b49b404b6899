import { type StaffPermission, type StaffRole, staffRoles } from '../../base/permissions.ts';
import type { Db, Ticket } from '../store/index.ts';

/** Who is told of what happens to a ticket beside those who are named. */
export type Audience =
  /** Whoever has it, and who follows it. */
  | 'concerned'
  /** Whoever has it; nobody has: all staff who may answer it. */
  | 'responsible';

/** Roles that may answer a ticket of this queue. */
export function rolesFor(queue: Ticket['queue']): readonly StaffRole[] {
  const needed: readonly StaffPermission[] =
    queue === 'vulnerability' ? ['tickets.read', 'tickets.security'] : ['tickets.read', 'tickets.write'];
  const roles = Object.keys(staffRoles) as StaffRole[];
  return roles.filter((role) => needed.every((permission) => staffRoles[role].includes(permission)));
}

/** More are not told of one thing. */
const toldMax = 100;

/** Somebody on the staff who is told. */
export interface Told {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: 'en' | 'zh';
}

/**
 * Only those who may see the ticket today: whoever followed it and is no staff any more, or may not see the restricted
 * queue, is told nothing. A ticket whose assignee has gone is everybody's.
 */
export async function recipientsOf(db: Db, ticket: Ticket, audience: Audience): Promise<readonly Told[]> {
  const roles = rolesFor(ticket.queue);
  const { rows } = await db.query<Told>(
    `select a.id, a.name, a.email, a.locale from accounts a
      where a.state = 'active' and a.staff_role = any($1) and (
        a.id = $2
        or ($3 = 'responsible' and not exists (
              select 1 from accounts h where h.id = $2 and h.state = 'active' and h.staff_role = any($1)))
        or ($3 = 'concerned' and exists (select 1 from ticket_participants p
              where p.ticket_number = $4 and p.account_id = a.id and p.role = 'follower')))
      order by a.id limit $5`,
    [roles, ticket.assigneeId, audience, ticket.number, toldMax],
  );
  return rows;
}
