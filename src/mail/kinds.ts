/** Every mail that the program writes, with the facts that its words are made from. Times are Unix milliseconds. */
export interface MailFacts {
  /** A person registered: the link proves that the address is theirs. */
  readonly 'verify-email': { readonly name: string; readonly link: string; readonly expiresAtMs: number };
  /** Somebody registered with an address that has an account already. */
  readonly 'already-registered': { readonly name: string; readonly signInLink: string; readonly resetLink: string };
  readonly 'reset-password': { readonly name: string; readonly link: string; readonly expiresAtMs: number };
  /** Sent to the new address. */
  readonly 'verify-new-email': { readonly name: string; readonly link: string; readonly expiresAtMs: number };
  /** Sent to the old address. */
  readonly 'email-changed': SecurityFacts & { readonly newEmail: string };
  readonly 'password-changed': SecurityFacts;
  readonly 'new-device': SecurityFacts & { readonly method: string };
  readonly 'two-factor-changed': SecurityFacts & { readonly enabled: boolean };
  readonly 'passkey-changed': SecurityFacts & { readonly added: boolean; readonly passkey: string };
  readonly 'recovery-code-used': SecurityFacts & { readonly left: number };
  readonly 'access-token-created': SecurityFacts & { readonly token: string };
  readonly invitation: {
    readonly organization: string;
    readonly inviter: string;
    readonly roles: readonly string[];
    readonly link: string;
    readonly expiresAtMs: number;
  };
  /** Somebody else put the person's key out of use. */
  readonly 'key-disabled': {
    readonly name: string;
    readonly organization: string;
    readonly key: string;
    readonly prefix: string;
    readonly by: string;
    readonly reason: string;
    readonly link: string;
  };
  /** A whole key of theirs was seen where others can read it. */
  readonly 'key-reported': {
    readonly name: string;
    readonly organization: string;
    readonly key: string;
    readonly prefix: string;
    /** Where it was seen: in a mail to support, on the form for finders, by a service that looks for keys. */
    readonly seen: 'mail' | 'form' | 'partner';
    /** What became of it, by the organization's rule. */
    readonly done: 'disabled' | 'later' | 'nothing';
    /** When it goes out of use, where that is later. */
    readonly disableAtMs: number | null;
    readonly link: string;
  };
  /** To staff: a ticket presses, or a response target is used up or missed. Never a word of what was written. */
  readonly 'ticket-pressing': {
    readonly name: string;
    readonly ticket: string;
    readonly queue: string;
    readonly priority: string;
    /** opened: it presses from its first minute. half, most: so much of its target is used. */
    readonly what: 'opened' | 'half' | 'most' | 'breached';
    readonly dueAtMs: number | null;
    readonly link: string;
  };
  /** Asked for by staff, to see that the relay works. */
  readonly test: { readonly by: string };
}

/** What a mail about the safety of an account says of the event. */
export interface SecurityFacts {
  readonly name: string;
  readonly atMs: number;
  readonly ipAddress: string | null;
  /** Such as "Firefox on Windows". */
  readonly device: string | null;
  /** Where to act if it was not you. */
  readonly link: string;
}

export type MailKind = keyof MailFacts;
export type MailLocale = 'en' | 'zh';

export interface NewMail<Kind extends MailKind = MailKind> {
  readonly kind: Kind;
  readonly to: string;
  readonly locale: MailLocale;
  readonly facts: MailFacts[Kind];
  readonly accountId?: string | null;
  /** The same key is the same mail, however often it is asked for. */
  readonly dedupeKey?: string;
}
