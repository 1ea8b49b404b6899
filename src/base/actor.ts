/** Who acts, and from where: what the audit log keeps beside what was done. */
export interface Actor {
  /** account: a person, by session or token. admin_token: the operator's token. system: the program itself. */
  readonly kind: 'account' | 'admin_token' | 'system';
  /** Account id of the person who acts, also when acting as somebody else; null for the other kinds. */
  readonly accountId: string | null;
  /** Mail address of the person, or words for the other kinds. */
  readonly name: string;
  /** By an endpoint of the staff: customers are told that it was the site, not who. */
  readonly asStaff?: boolean;
  /** Account id of the customer with whose eyes staff look. */
  readonly actingAs: string | null;
  /** Id of the personal access token, when one was used. */
  readonly tokenId: string | null;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** The program itself: schedules, first start. */
export const systemActor: Actor = {
  kind: 'system',
  accountId: null,
  name: 'system',
  actingAs: null,
  tokenId: null,
  ipAddress: null,
  userAgent: null,
  requestId: null,
};
