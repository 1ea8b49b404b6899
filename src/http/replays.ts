import { createHash } from 'node:crypto';
import { AppError } from '../base/errors.ts';

/** A write that named an Idempotency-Key, as it was answered the first time. */
export interface KeptReply {
  readonly status: number;
  /** JSON text, empty for an answer without a body. */
  readonly text: string;
}

export type ReplayState =
  | { readonly kind: 'new' }
  | { readonly kind: 'running' }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'done'; readonly reply: KeptReply };

/** Remembers answers for a day. */
export interface Replays {
  /** Claims the key for a first call, or says what became of it. */
  begin(caller: string, key: string, fingerprint: Buffer): Promise<ReplayState>;
  finish(caller: string, key: string, reply: KeptReply): Promise<void>;
  /** The call failed: the same key may be tried again. */
  abandon(caller: string, key: string): Promise<void>;
}

export const replayProblems = {
  idempotency_key_invalid: 400,
  idempotency_in_flight: 409,
  idempotency_mismatch: 422,
} as const;

/**
 * Runs `work` once per caller and key, and gives later calls the first one's answer.
 *
 * @throws AppError with a code of `replayProblems`, and whatever `work` throws
 */
export async function once(
  replays: Replays,
  caller: string,
  key: string,
  fingerprint: Buffer,
  work: () => Promise<KeptReply>,
): Promise<KeptReply & { readonly replayed: boolean }> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new AppError('idempotency_key_invalid', 'Idempotency-Key takes 1 to 255 printable ASCII characters.');
  }
  const state = await replays.begin(caller, key, fingerprint);
  if (state.kind === 'done') return { ...state.reply, replayed: true };
  if (state.kind === 'running') {
    throw new AppError('idempotency_in_flight', 'The first call with this Idempotency-Key is still under way.');
  }
  if (state.kind === 'mismatch') {
    throw new AppError('idempotency_mismatch', 'This Idempotency-Key was used for another call within the last day.');
  }
  let reply: KeptReply;
  try {
    reply = await work();
  } catch (error) {
    await replays.abandon(caller, key);
    throw error;
  }
  await replays.finish(caller, key, reply);
  return { ...reply, replayed: false };
}

/** Of what was asked: the same key for something else is a mistake of the caller's. */
export function fingerprintOf(method: string, target: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(`${method} ${target}\n${JSON.stringify(body) ?? ''}`)
    .digest();
}
