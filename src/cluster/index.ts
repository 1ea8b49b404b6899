/**
 * What nodes count together: a key's calls and tokens of the last minute, and its running calls. In process on one node,
 * in Redis or Valkey on several.
 *
 * Promises: exactly the limit in any minute, refused calls uncounted, memory only for keys in use.
 * Never: makes a call wait for a Redis that does not answer; remembers anything that matters for money.
 */
export { LocalCounters } from './local-counters.ts';
export { RedisCounters, type RedisCountersOptions } from './redis-counters.ts';
