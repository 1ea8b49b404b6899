/**
 * The main of the thread that applies one node's journal, started by `shipping.ts`. It has its own connection to the
 * database and shares nothing with the thread that relays but the journal's files.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { errorText } from '../base/errors.ts';
import { createLog } from '../base/log.ts';
import { connectDatabase, type Database } from '../db/index.ts';
import { JournalShipper } from './shipper.ts';
import type { ShippingData, ShippingReply, ShippingRequest } from './shipping.ts';

const { kind, connection, directory, node, logLevel } = workerData as ShippingData;
const log = createLog(logLevel);
const stopping = new AbortController();
const retryMs = 500;

/** The database may be starting again or be away: the journal keeps everything meanwhile. */
async function connectPatiently(): Promise<Database | null> {
  for (let tries = 0; !stopping.signal.aborted; tries++) {
    try {
      return await connectDatabase(kind, connection, log);
    } catch (error) {
      if (tries % 20 === 0) log.warn({ node, reason: errorText(error) }, 'the journal waits for the database');
      await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  return null;
}

async function main(port: MessagePort): Promise<void> {
  const early: ShippingRequest[] = [];
  let handle = (request: ShippingRequest): void => {
    if (request.do === 'stop') stopping.abort();
    early.push(request);
  };
  port.on('message', (request: ShippingRequest) => handle(request));
  const reply = (message: ShippingReply): void => port.postMessage(message);
  const database = await connectPatiently();
  if (database === null) {
    port.close();
    return;
  }
  const shipper = new JournalShipper({ database, directory, node, log });
  shipper.start();
  handle = ({ do: what, number }) => {
    if (what === 'stop') {
      void shipper
        .stop()
        .then(() => database.close())
        .then(() => port.close());
    } else if (what === 'lag') {
      shipper.lag().then(
        ({ oldestMs }) => reply({ number, oldestMs }),
        () => undefined,
      );
    } else {
      shipper.flush().then(
        () => reply({ number }),
        () => undefined,
      );
    }
  };
  for (const request of early) handle(request);
}

if (parentPort === null) throw new Error('This file is the main of a thread.');
await main(parentPort);
