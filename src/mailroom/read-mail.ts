/**
 * A mail as its reading left it: authenticated, decoded, without secrets. It waits in `incoming_mails.reading` between
 * the steps, so that every step can be done again. Times are Unix milliseconds.
 */
export interface ReadMail {
  readonly id: string;
  readonly mailboxId: string | null;
  readonly receivedAtMs: number;
  /** With its angle brackets; made up when the mail has none. */
  readonly messageId: string;
  /** Ids that it answers, oldest first: References, then In-Reply-To. At most 100. */
  readonly references: readonly string[];
  /** Of its `Date`, in minutes east of UTC: the clock on the writer's wall. Null or absent: not known. */
  readonly sentOffsetMinutes?: number | null;
  readonly from: MailPerson;
  /** Null: the same as `from`. */
  readonly replyTo: string | null;
  readonly to: readonly MailPerson[];
  readonly cc: readonly MailPerson[];
  /** Every address of ours that it was delivered to, with its tag: `support+t.1001.…@…`. */
  readonly deliveredTo: readonly string[];
  readonly subject: string;
  /** What the person wrote. */
  readonly text: string;
  /** What they quoted. */
  readonly quoted: string;
  /** Sanitised; null: there is only text. */
  readonly html: string | null;
  /** Null: it is from a person. */
  readonly automatic: 'auto-reply' | 'bounce' | 'list' | 'loop' | null;
  /** Of a bounce: whose mail it was, and whether trying again is of no use. */
  readonly bounce: BounceFacts | null;
  readonly sender: SenderProof;
  readonly attachments: readonly MailAttachment[];
  /** Text of what was attached as text, without secrets, for the reading of the report. At most 20, of 64 kB each. */
  readonly attachedTexts: readonly string[];
  /** Kind, issuer, last four and keyed fingerprint of what was taken out. */
  readonly findings: readonly MailFinding[];
  /** Keys of this site that stood whole in it. */
  readonly ownKeys: readonly OwnKey[];
}

export interface MailPerson {
  /** In lower case. */
  readonly address: string;
  readonly name: string;
}

/** What is proven of the address in `From`. */
export interface SenderProof {
  /** DMARC passes, aligned with the domain of `From`: facts may be told. */
  readonly verified: boolean;
  readonly dmarc: 'pass' | 'fail' | 'none' | 'temperror';
  readonly spf: string;
  readonly dkim: string;
  /** Domain of a trusted sealer whose chain made the mail pass; null: none was needed. */
  readonly arc: string | null;
}

export interface BounceFacts {
  /** Of the return path of ours that it came to. */
  readonly outboxId: string | null;
  /** Message-ID inside; null: it names none. */
  readonly messageId: string | null;
  readonly recipient: string | null;
  /** Enhanced status such as `5.1.1`; null: it names none. */
  readonly status: string | null;
  /** Will never be delivered: not a full mailbox, not a policy, not a delay. */
  readonly hard: boolean;
}

export interface MailAttachment {
  readonly fileId: string;
  /** Without secrets and without paths. */
  readonly name: string;
  /** As the bytes say. */
  readonly type: string;
  readonly size: number;
  readonly contentId: string | null;
  readonly inline: boolean;
  readonly scan: 'clean' | 'infected' | 'unscanned';
}

export interface MailFinding {
  readonly kind: string;
  readonly issuer: string | null;
  readonly lastFour: string;
  readonly fingerprint: string;
}

export interface OwnKey {
  readonly prefix: string;
  /** Null: no key of this site bears it. */
  readonly keyId: string | null;
  /** It is in use. */
  readonly live: boolean;
  /** The end of it, for people to tell two keys apart. */
  readonly lastFour?: string;
}
