import type { Gate } from '../http/index.ts';
import { type Core, createCore } from './core.ts';
import { createGate } from './gate.ts';
import { ensureOperator, type OperatorOptions } from './operator.ts';
import type { IdentityOptions } from './options.ts';
import { sweep } from './sweep.ts';
import { deleteUnverified } from './unverified.ts';

export interface Identity {
  /** Who a session or token belongs to. */
  readonly gate: Pick<Gate, 'session' | 'isToken' | 'token'>;
  /** Makes the first administrator of a site without staff. @returns the password, known this once; null: there is staff */
  ensureOperator(options: OperatorOptions): Promise<{ email: string; password: string } | null>;
  /** Deletes what has ended. To be called once a day. */
  sweep(): Promise<void>;
  /** Deletes accounts whose address nobody has proved in a week. To be called hourly. @returns how many */
  deleteUnverified(): Promise<number>;
  /** For the routes of this module. */
  readonly core: Core;
}

export function createIdentity(options: IdentityOptions): Identity {
  const core = createCore(options);
  return {
    gate: createGate(core),
    ensureOperator: (operator) => ensureOperator(core, operator),
    sweep: () => sweep(core),
    deleteUnverified: () => deleteUnverified(core),
    core,
  };
}
