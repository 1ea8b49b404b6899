import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { createTestDatabase } from '../db/testing.ts';
import { JournalWriter } from '../journal/index.ts';
import { startShipping } from './shipping.ts';
import { closedRecord, entriesOf, insertKey, temporaryDirectory } from './testing.ts';

test('the thread applies what is written, and says how far behind it is', async () => {
  const { database, drop } = await createTestDatabase();
  const root = temporaryDirectory();
  const directory = path.join(root, 'journal', 'node-1');
  try {
    await insertKey(database.pool, 'key_a');
    const writer = new JournalWriter({ directory, sync: 'timer' });
    const shipping = startShipping({ database, directory, node: 'node-1', log: silentLog, logLevel: 'silent' });
    writer.append(...entriesOf(closedRecord()));
    await shipping.flush();
    expect(await shipping.lagMs()).toBe(0);
    await shipping.stop();
    expect(await shipping.lagMs()).toBeNull();
    writer.close();
  } finally {
    await drop();
    fs.rmSync(root, { recursive: true, force: true });
  }
});
