import type pg from 'pg';
import { AppError } from '../../base/errors.ts';
import { decideChange, type TicketChange } from './decide-change.ts';
import { appendEvent, type EventActor } from './events.ts';
import { freezeTarget } from './freeze.ts';
import { type Db, lockTicket, readTicket, type Ticket } from './ticket.ts';
import { ticketName } from './ticket-name.ts';

export interface ChangeOptions {
  readonly actor: EventActor;
  /** The version that whoever changes it has read; null: whatever it is now. */
  readonly expectedVersion: number | null;
  readonly nowMs: number;
}

/**
 * Changes a ticket in the caller's transaction, with one event for each thing that is different. A change that changes
 * nothing leaves the version as it is.
 *
 * @throws AppError `ticket_not_found`, `ticket_changed`, `ticket_state_invalid`, `ticket_merged`, `ticket_tags_invalid`
 */
export async function changeTicket(
  client: pg.ClientBase,
  number: bigint,
  change: TicketChange,
  { actor, expectedVersion, nowMs }: ChangeOptions,
): Promise<Ticket> {
  const ticket = await lockTicket(client, number);
  await refuseStale(client, ticket, expectedVersion);
  const plan = decideChange(ticket, change, nowMs);
  if ('code' in plan) throw new AppError(plan.code, plan.message);
  const entries = Object.entries(plan.columns);
  if (entries.length === 0) return ticket;
  // Their names are those of decideChange, never of input.
  const sets = entries.map(([name], index) => `${name} = $${index + 2}`);
  await client.query(
    `update tickets set ${sets.join(', ')}, changed_at = now(), version = version + 1 where number = $1`,
    [number, ...entries.map(([, value]) => value)],
  );
  for (const event of plan.events) await appendEvent(client, number, { ...event, actor, atMs: nowMs });
  const moved = change.queue !== undefined && change.queue !== ticket.queue;
  if (moved && (change.queue === 'vulnerability' || ticket.queue === 'vulnerability')) {
    await freezeAnew(client, await readTicket(client, number), actor, nowMs);
  }
  return readTicket(client, number);
}

/** Gives a ticket what is promised for where it stands now: for one that has just been sorted, never by a change of plan. */
export async function freezeAnew(client: Db, ticket: Ticket, actor: EventActor, nowMs: number): Promise<void> {
  const target = await freezeTarget(client, ticket);
  if (JSON.stringify(target) === JSON.stringify(ticket.target)) return;
  await client.query('update tickets set target = $2 where number = $1', [ticket.number, JSON.stringify(target)]);
  const data = { from: ticket.target, to: target };
  await appendEvent(client, ticket.number, { kind: 'policy_changed', actor, data, atMs: nowMs });
}

/**
 * Refuses who has not seen what another has done meanwhile, and says who that was.
 *
 * @throws AppError `ticket_changed`
 */
export async function refuseStale(client: Db, ticket: Ticket, expectedVersion: number | null): Promise<void> {
  if (expectedVersion === null || expectedVersion === ticket.version) return;
  const { rows } = await client.query<{ actor_name: string; kind: string; at: Date }>(
    'select actor_name, kind, at from ticket_events where ticket_number = $1 order by id desc limit 1',
    [ticket.number],
  );
  const last = rows[0];
  const who = last === undefined || last.actor_name === '' ? 'somebody' : last.actor_name;
  const what = last === undefined ? '' : ` (${last.kind.replaceAll('_', ' ')}, ${last.at.toISOString()})`;
  const message = `${ticketName(ticket.number)} was changed by ${who}${what} since you read it. Read it again; nothing was sent or changed.`;
  throw new AppError('ticket_changed', message);
}
