/**
 * Secrets of keys that were made or pasted in this window, so that they can be put into snippets and tested. They are in
 * memory only: a reload, which signing out is, forgets them.
 */
const held = new Map<string, string>();

export function holdSecret(keyId: string, secret: string): void {
  held.set(keyId, secret);
}

/** Null: the secret was shown once, elsewhere. */
export function heldSecret(keyId: string): string | null {
  return held.get(keyId) ?? null;
}

export function forgetSecret(keyId: string): void {
  held.delete(keyId);
}
