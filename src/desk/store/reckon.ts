import type { Db } from './ticket.ts';

/**
 * Writes down when a ticket is due, for lists: reckoned from its events each time one of them touches a clock.
 */
export async function reckonTargets(_client: Db, _ticketNumber: bigint): Promise<void> {}
