import type pg from 'pg';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { QueueLetter } from '../mail/index.ts';
import type { RedactionOptions } from '../redaction/index.ts';
import type { WrittenReport } from './answer/index.ts';
import type { ReadSigns } from './routing/index.ts';
import type { Tell } from './telling/index.ts';

/** Where attached bytes are kept, sealed. */
export interface DeskFiles {
  /** @returns the id */
  store(client: pg.ClientBase, bytes: Uint8Array): Promise<string>;
  read(id: string): AsyncIterable<Uint8Array>;
  /** Absent: nothing is scanned. */
  readonly scan?: ((bytes: Uint8Array) => Promise<'clean' | 'infected'>) | null;
}

/** What all of the desk's doings share. */
export interface DeskParts {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: Tell;
  readonly readSigns: ReadSigns;
  /** Puts what can be read out of a message from the console on its ticket. */
  readonly noteReport: (client: pg.ClientBase, written: WrittenReport) => Promise<void>;
  readonly queueLetter: QueueLetter;
  readonly redaction: RedactionOptions;
  readonly files: DeskFiles;
  /** Signs links that need no sign-in. */
  readonly linkKey: Buffer;
  /** Seals secrets of webhooks. */
  readonly seal: (plaintext: string, context: string) => Buffer;
  readonly open: (sealed: Buffer, context: string) => string;
  /** Whether a webhook may call an address: private ones are refused, as for channels. */
  readonly addressAllowed: (address: string) => boolean;
  readonly siteName: () => string;
  /** Address of the site, without a slash at its end. */
  readonly url: () => string;
}
