/**
 * Organizations: who belongs to them and what each may do there, by roles, teams and grants; projects that spend is booked
 * to; invitations.
 *
 * Promises: changes of one organization come one after the other, so that it always keeps an active owner; nobody gives
 * what they have not; a stranger learns nothing, not even that an organization is there.
 * Never: knows how somebody signs in, keeps an invitation's token, decides what a key may do.
 */
export { createOrganizations, type Organizations } from './organizations.ts';
export type { OrganizationOptions } from './parts.ts';
export type { OwnOrganization } from './reach.ts';
export { readStanding, type Standing } from './standing.ts';
