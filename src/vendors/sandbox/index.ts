/**
 * The sandbox vendor: a real HTTP server that plays OpenAI, Anthropic and Gemini, fails on demand, and keeps its own
 * count of calls and tokens, against which audits compare the books.
 * It never imports from the gateway, the journal, the metering or the wires: a count that shared code with what it
 * checks would prove nothing. It never calls out, and never logs a prompt or writes one to disk.
 */
export type { CallCount } from './counts.ts';
export { readCounts } from './counts.ts';
export type { Sandbox } from './server.ts';
export { startSandbox } from './server.ts';
