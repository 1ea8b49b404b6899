/**
 * The data plane. It promises: bytes go through as they came, every id it hands out is in the journal, every charge is
 * exact and made once, and no warm key ever waits for the database. It never buffers a stream, never retries after the
 * first byte, never keeps content, and imports nothing that knows a database: what it needs comes through `ports.ts`.
 */
export { type ErrorCode, errorTable } from './errors.ts';
export { createGateway, type Gateway, type GatewayPorts } from './gateway.ts';
export type { AddressRule } from './upstream.ts';
