import type { Readable } from 'node:stream';

/** What goes up, before it is known where to. */
export interface Outgoing {
  readonly path: string;
  readonly body: Buffer | Readable | null;
  readonly hideUsage: boolean;
  readonly conversation: string | null;
}

/** What goes to the channel. */
export interface UpstreamRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: string[];
  readonly body: Buffer | Readable | null;
  /** The client did not ask for the usage event that we asked for. */
  readonly hideUsage: boolean;
}
