/** Where a mailbox is read from. The password stands beside it, sealed. */
export interface ImapSettings {
  readonly host: string;
  readonly port: number;
  /** implicit: TLS from the first byte. starttls: or nothing. none: in clear, on this machine only. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly user: string;
  readonly folder: string;
}

/** Under which the password of a mailbox is sealed. */
export const passwordContext = (mailboxId: string): string => `mailbox:${mailboxId}`;
