/** A mailbox as far as an address leads to it. */
export interface MailboxAddress {
  readonly id: string;
  /** In lower case. */
  readonly address: string;
  readonly purpose: 'support' | 'billing' | 'security';
}

export type Recipient =
  | { readonly kind: 'mailbox'; readonly mailboxId: string }
  /** A return path of ours: what comes there tells of a mail that was not delivered. */
  | { readonly kind: 'return-path'; readonly mailboxId: string | null }
  | { readonly kind: 'unknown' };

/** RFC 5321 and RFC 2142: these are read at every domain that takes mail. */
const alwaysThere: ReadonlySet<string> = new Set(['postmaster', 'abuse']);

/**
 * Where a mail to an address goes. `mailboxes` are those that are in use; `isReturnPath` knows our own return paths by
 * their MAC. Any `+tag` leads to the mailbox itself.
 */
export function decideRecipient(
  address: string,
  mailboxes: readonly MailboxAddress[],
  isReturnPath: (address: string) => boolean,
): Recipient {
  const wanted = address.toLowerCase();
  const at = wanted.lastIndexOf('@');
  const domain = wanted.slice(at + 1);
  const local = wanted.slice(0, Math.max(at, 0)).replace(/^"(.*)"$/, '$1');
  const untagged = `${local.replace(/\+.*$/, '')}@${domain}`;
  const found = mailboxes.find((one) => one.address === wanted) ?? mailboxes.find((one) => one.address === untagged);
  if (found !== undefined) return { kind: 'mailbox', mailboxId: found.id };
  const ofDomain = mailboxes.filter((one) => one.address.endsWith(`@${domain}`));
  if (ofDomain.length === 0) return { kind: 'unknown' };
  const first = ofDomain.find(({ purpose }) => purpose === 'support') ?? ofDomain[0];
  const mailboxId = first?.id ?? null;
  if (isReturnPath(wanted)) return { kind: 'return-path', mailboxId };
  if (alwaysThere.has(local) && mailboxId !== null) return { kind: 'mailbox', mailboxId };
  return { kind: 'unknown' };
}
