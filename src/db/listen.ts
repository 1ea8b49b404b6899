import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

export type Notify = (payload: string) => void;
export type StopListening = () => Promise<void>;

const retryMs = { first: 50, most: 5_000 };
/** A connection that was lost without a word (a NAT forgot it) is noticed within twice this time. */
const heartbeatMs = 15_000;
const connectTimeoutMs = 5_000;

export interface ListenOptions {
  readonly onNotify: Notify;
  /** Called after each new connection but the first: notifications may have been missed. */
  readonly onReconnect: () => void;
  readonly log: Log;
}

/**
 * Listens on a connection of its own, for as long as it takes: a lost connection is made again with back-off. Resolves
 * when the first connection listens; rejects when that one fails.
 */
export async function listen(
  connection: pg.ClientConfig,
  channel: string,
  options: ListenOptions,
): Promise<StopListening> {
  const stopped = new AbortController();
  let client = await open(connection, channel, options.onNotify);
  const keepListening = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await lost(client, stopped.signal);
      await client.end().catch(() => undefined);
      if (stopped.signal.aborted) return;
      options.log.warn({ channel }, 'lost the connection that listens for changes');
      const next = await reopen(connection, channel, options, stopped.signal);
      if (!next) return;
      client = next;
      options.onReconnect();
    }
  };
  const done = keepListening();
  return async () => {
    stopped.abort();
    await done;
  };
}

async function open(connection: pg.ClientConfig, channel: string, onNotify: Notify): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: connectTimeoutMs });
  client.on('error', () => undefined);
  client.on('notification', (message) => {
    if (message.channel === channel) onNotify(message.payload ?? '');
  });
  try {
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function reopen(
  connection: pg.ClientConfig,
  channel: string,
  { onNotify, log }: ListenOptions,
  stopped: AbortSignal,
): Promise<pg.Client | null> {
  for (let delayMs = retryMs.first; !stopped.aborted; delayMs = Math.min(retryMs.most, delayMs * 2)) {
    try {
      return await open(connection, channel, onNotify);
    } catch (error) {
      log.debug({ channel, reason: errorText(error) }, 'cannot listen for changes yet');
    }
    await sleep(delayMs, undefined, { signal: stopped }).catch(() => undefined);
  }
  return null;
}

/** Resolves when the connection has ended, answers no heartbeat, or is no longer wanted. */
function lost(client: pg.Client, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let waiting = false;
    const heartbeat = setInterval(() => {
      if (waiting) return finish();
      waiting = true;
      client.query('select 1').then(() => {
        waiting = false;
      }, finish);
    }, heartbeatMs);
    heartbeat.unref();
    const finish = (): void => {
      clearInterval(heartbeat);
      resolve();
    };
    client.once('end', finish);
    client.once('error', finish);
    if (stopped.aborted) finish();
    else stopped.addEventListener('abort', finish, { once: true });
  });
}
