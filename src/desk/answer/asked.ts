import type pg from 'pg';
import { type BookedRequest, findBookedRequests } from '../../metering/index.ts';
import { readStanding } from '../../organizations/index.ts';
import { decideTelling, type Telling, type Writer } from './telling.ts';

/** A request id that a mail names, what is on record of it, and whether that may be told to the writer. */
export interface AskedRequest {
  readonly id: string;
  /** Null: there is no record. */
  readonly booked: BookedRequest | null;
  readonly telling: Telling;
}

/**
 * Looks up what a mail asks about. The same statements run whether a call is on record or not, is the writer's or not, and
 * whether the writer is known or not: nobody learns from the time what the words do not say.
 */
export async function lookUpAsked(
  client: pg.ClientBase | pg.Pool,
  ids: readonly string[],
  writer: Writer,
  ticketOrganizationId: string | null,
): Promise<readonly AskedRequest[]> {
  if (ids.length === 0) return [];
  const booked = await findBookedRequests(client, ids);
  const asked: AskedRequest[] = [];
  for (const id of ids) {
    const found = booked.get(id) ?? null;
    const standing = await readStanding(client, found?.facts.organization_id ?? '', writer.account?.id ?? '');
    const call = found === null ? null : callOf(found);
    asked.push({ id, booked: found, telling: decideTelling(writer, call, standing, ticketOrganizationId) });
  }
  return asked;
}

function callOf({ facts, key }: BookedRequest) {
  return {
    organizationId: facts.organization_id,
    projectId: facts.project_id,
    keyAccountId: key?.accountId ?? null,
  };
}
