import type { MailFacts, MailKind } from './kinds.ts';

/** What a mail says of the site that sends it. */
export interface MailSite {
  readonly name: string;
  readonly supportAddress: string;
}

/** A mail's words, before there is text or HTML. Nothing is escaped yet. */
export interface Letter {
  readonly subject: string;
  readonly heading: string;
  readonly greeting: string | null;
  readonly paragraphs: readonly string[];
  /** Label and value, one row each. */
  readonly details: readonly (readonly [label: string, value: string])[];
  /** The one thing to do. */
  readonly action: { readonly label: string; readonly link: string } | null;
  /** Behind the action, in smaller letters: how long it holds, what if it was not you. */
  readonly notes: readonly string[];
  /** Where to act when it was not you, and no other action is asked for. */
  readonly alarm: { readonly text: string; readonly label: string; readonly link: string } | null;
}

/** All of one language. */
export interface MailWords {
  readonly htmlLang: string;
  /** What stands at the foot of every mail. */
  foot(site: MailSite): string;
  /** Before the bare address of a button, for programs that show no buttons. */
  readonly bareLink: string;
  readonly colon: string;
  /** Between two sentences. */
  readonly gap: string;
  readonly letters: { readonly [Kind in MailKind]: (facts: MailFacts[Kind], site: MailSite) => Letter };
}
