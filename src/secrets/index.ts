/**
 * The secrets of a site: the master secret, from which every other key is derived, and the admin token. It seals what
 * must be read again (credentials of channels), hashes what must only be recognised (customers' keys), and tells when a
 * database was written under another master secret. It never writes a secret anywhere but into its own file.
 */
export { checkSecret } from './check.ts';
export { loadSecrets, type Secrets } from './secrets.ts';
