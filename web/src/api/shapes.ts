/**
 * Endpoints by hand, in the form of `schema.ts`, while a page waits for one that the OpenAPI document has not yet.
 * `client.ts` prefers the generated ones.
 */
export type HandPaths = Record<never, never>;
