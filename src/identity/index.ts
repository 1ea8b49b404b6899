/**
 * Accounts: registering, signing in and staying signed in, second factors, access tokens, and who somebody is.
 *
 * Promises: what a session, link or token is opened with is stored as a hash; nothing tells whether an address has an
 * account; nobody can lock another out; every change of an account stands in the audit log and is told to its owner.
 * Never: serves an endpoint of the sign-in library itself, knows what a person may do in an organization.
 */
export { createIdentity, type Identity } from './identity.ts';
export type { OperatorOptions } from './operator.ts';
export type { IdentityHooks, IdentityOptions, SessionOrganization, SsoOptions } from './options.ts';
export { deviceWords } from './user-agent.ts';
