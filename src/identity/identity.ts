import type { Gate } from '../http/index.ts';
import { type Core, createCore } from './core.ts';
import { createGate } from './gate.ts';
import type { IdentityOptions } from './options.ts';

export interface Identity {
  /** Who a session or token belongs to. */
  readonly gate: Pick<Gate, 'session' | 'isToken' | 'token'>;
  /** For the routes of this module. */
  readonly core: Core;
}

export function createIdentity(options: IdentityOptions): Identity {
  const core = createCore(options);
  return { gate: createGate(core), core };
}
