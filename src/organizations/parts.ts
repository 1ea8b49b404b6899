import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { BulkKeys } from '../keys/index.ts';
import type { QueueMail } from '../mail/index.ts';
import type { Notify } from '../notices/index.ts';

/** What becomes of keys when members or organizations go: the keys' own module does it, in the caller's transaction. */
export type KeyMoves = Pick<BulkKeys, 'disableKeys' | 'deleteKeys' | 'handOverKeys'>;

/** What the module needs of others. */
export interface OrganizationOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly queueMail: QueueMail;
  readonly notify: Notify;
  readonly keys: KeyMoves;
  /** Told after the commit, so that this node's gateway knows at once; other nodes hear of it by the database. */
  readonly onKeysChanged?: (keyIds: readonly string[]) => void;
  /** Of the site, without a slash at the end. */
  readonly url: () => string;
}

export function newId(prefix: 'org' | 'prj' | 'tea' | 'rol' | 'inv' | 'gra'): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}
