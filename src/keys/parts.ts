import type pg from 'pg';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Telling } from './tell.ts';
import { type KeyView, selectViews, type ViewRow, viewOfRow } from './view.ts';
import { keyNotFound } from './write.ts';

export interface KeyStoreOptions {
  readonly pool: pg.Pool;
  /** The keyed hash under which keys are stored. */
  readonly hashKey: (secret: string) => Buffer;
  /** Fixed part of new keys: `LODGE_KEY_SITE`. */
  readonly site: string;
  /** Told after each committed change, so that this node's gateway knows at once; others hear of it by the database. */
  readonly onChange?: (keyId: string) => void;
  /** How owners hear of what others did with their keys. Absent: they do not. */
  readonly telling?: Telling | undefined;
  readonly clock?: Clock;
}

/** What the functions around the store work with. */
export interface KeyParts extends KeyStoreOptions {
  readonly clock: Clock;
  readonly read: (client: pg.ClientBase | pg.Pool, id: string) => Promise<KeyView>;
}

export function partsOf(options: KeyStoreOptions): KeyParts {
  const clock = options.clock ?? systemClock;
  return { ...options, clock, read: readerOf(clock) };
}

function readerOf(clock: Clock): KeyParts['read'] {
  return async (client, id) => {
    const { rows } = await client.query<ViewRow>(`${selectViews('keys')} where k.id = $1`, [id]);
    if (!rows[0]) throw keyNotFound();
    return viewOfRow(rows[0], clock.now());
  };
}
