interface StepsDone {
  readonly key: boolean;
  /** A call has come, answered or not: the address and the key were right. */
  readonly connect: boolean;
  /** One was answered. */
  readonly call: boolean;
}

/**
 * How far an organization has come. `newestUsed`: its keys, the last used one first. `totals`: of the last thirty days;
 * null where they may not be seen, and then a key that was used counts as a call. Pure.
 */
export function stepsDone(
  newestUsed: readonly { readonly last_used_at: string | null }[],
  totals: { readonly requests: number; readonly failures: number } | null,
): StepsDone {
  const wasUsed = newestUsed.some(({ last_used_at }) => last_used_at !== null);
  const calls = totals?.requests ?? 0;
  // Used, but not in these days: its first call lies further back.
  const usedBefore = wasUsed && calls === 0;
  const call = usedBefore || (totals !== null && totals.requests > totals.failures);
  const connect = call || wasUsed || calls > 0;
  return { key: connect || newestUsed.length > 0, connect, call };
}
