/** States of a mail in which a step waits: what was done last. */
export const pendingStates = ['stored', 'read', 'threaded', 'routed'] as const;
export type PendingState = (typeof pendingStates)[number];

export const mailStates = [...pendingStates, 'answered', 'quarantined', 'ignored'] as const;
export type MailState = (typeof mailStates)[number];

export function isPending(state: MailState): state is PendingState {
  return pendingStates.some((one) => one === state);
}

/** To be thrown by a step that has to wait for something; it is no failure, and tried again then. */
export class LaterError extends Error {
  readonly afterMs: number;

  constructor(afterMs: number, reason: string) {
    super(reason);
    this.name = 'LaterError';
    this.afterMs = afterMs;
  }
}
