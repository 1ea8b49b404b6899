/**
 * The front of the house: documentation, changelog and security policy as pages, `security.txt`, the icon.
 *
 * Promises: every error code that an answer names is an anchor of `/docs/errors`; a page is rendered once and kept.
 * Never: opens a file that a request names, runs script in a browser, needs the database or a key.
 */
export { createSite, type Site, type SiteOptions } from './site.ts';
