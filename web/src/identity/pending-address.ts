/** The address that waits for a mail: kept for this tab, so that it stands in no address bar, log or history. */
const name = 'lodge.pending-address';

export function pendingAddress(): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Null: it waits no longer. */
export function keepPendingAddress(email: string | null): void {
  try {
    if (email === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, email);
  } catch {
    // Without storage the next page asks for it.
  }
}
