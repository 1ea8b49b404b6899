import { type Breadth, type Permission, reaches } from '../../base/permissions.ts';

/** Who wrote a mail, as far as it is proven and known. */
export interface Writer {
  /** DMARC passes, aligned with the domain of `From`. */
  readonly verified: boolean;
  /** In lower case. */
  readonly from: string;
  /** Where they want the answer; null: at `from`. */
  readonly replyTo: string | null;
  /** No person wrote it. */
  readonly automatic: boolean;
  /** Whose address `from` is; null: nobody's here. */
  readonly account: WriterAccount | null;
  /** Account whose ticket it is; null: a stranger's. */
  readonly ticketAccountId: string | null;
}

export interface WriterAccount {
  readonly id: string;
  readonly state: 'active' | 'disabled';
  readonly emailVerified: boolean;
}

/** A call that somebody asks about. */
export interface AskedCall {
  /** Null: no organization's; a caller without a usable key made it. */
  readonly organizationId: string | null;
  readonly projectId: string | null;
  /** Account whose key made it; null: a project's or an organization's. */
  readonly keyAccountId: string | null;
}

/** How the writer stands in the organization of a call. */
export interface WriterStanding {
  readonly state: 'active' | 'disabled';
  readonly reach: ReadonlyMap<Permission, Breadth>;
}

/** Why nothing is told. Staff see it on the ticket; the writer never learns which it was. */
export type Withheld =
  | 'unverified'
  | 'automatic'
  | 'reply_to_differs'
  | 'no_account'
  | 'account_disabled'
  | 'address_unverified'
  | 'other_ticket'
  | 'no_record'
  | 'no_owner'
  | 'other_organization'
  | 'no_member'
  | 'membership_disabled'
  | 'out_of_reach';

export type Telling =
  | { readonly tell: true /** Amounts of money too. */; readonly withCost: boolean }
  | { readonly tell: false; readonly why: Withheld };

/** What stands against telling a writer anything at all; null: they are who they say, and have an account here. */
export function refuseWriter({
  verified,
  automatic,
  from,
  replyTo,
  account,
  ticketAccountId,
}: Writer): Withheld | null {
  if (!verified) return 'unverified';
  if (automatic) return 'automatic';
  if (replyTo !== null && replyTo.toLowerCase() !== from) return 'reply_to_differs';
  if (account === null) return 'no_account';
  if (account.state !== 'active') return 'account_disabled';
  if (!account.emailVerified) return 'address_unverified';
  // An answer stands on the ticket, for whoever's it is.
  return account.id === ticketAccountId ? null : 'other_ticket';
}

/**
 * Whether the facts of one call are told to a writer: only to the verified address of an active member of the
 * organization that made it, as far as that member may see requests. The answer goes to the writer alone, so whoever
 * else the mail went to does not matter; but it stands on the ticket, which others of the ticket's organization may open,
 * so that calls of another organization are not told there.
 */
export function decideTelling(
  writer: Writer,
  call: AskedCall | null,
  standing: WriterStanding | null,
  ticketOrganizationId: string | null,
): Telling {
  const refused = refuseWriter(writer) ?? refuseCall(writer, call, standing, ticketOrganizationId);
  if (refused !== null) return { tell: false, why: refused };
  return { tell: true, withCost: standing?.reach.get('billing.read')?.all ?? false };
}

function refuseCall(
  { account }: Writer,
  call: AskedCall | null,
  standing: WriterStanding | null,
  ticketOrganizationId: string | null,
): Withheld | null {
  if (call === null) return 'no_record';
  if (call.organizationId === null) return 'no_owner';
  if (standing === null) return 'no_member';
  if (standing.state !== 'active') return 'membership_disabled';
  if (call.organizationId !== ticketOrganizationId) return 'other_organization';
  const place = { projectId: call.projectId, accountId: call.keyAccountId };
  return reaches(standing.reach.get('requests.read'), place, account?.id ?? '') ? null : 'out_of_reach';
}
