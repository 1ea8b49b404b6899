import { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import { limits } from '../base/limits.ts';
import { domainOf } from './address.ts';
import type { SigningKey } from './domain-keys.ts';
import type { MailSite } from './letter.ts';
import type { LetterFile } from './new-letter.ts';
import { loopHeader, loopToken, replyAddress, returnPath } from './tokens.ts';

/** A mail as it is handed over. */
export interface OutgoingMail {
  readonly id: string;
  readonly recipient: string;
  readonly cc: readonly string[];
  /** Of recipient and copies those that it is still to go to. */
  readonly envelopeTo: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** Unix milliseconds. */
  readonly writtenAtMs: number;
  readonly ticketNumber: bigint | null;
  /** Whose identity it has; null: the site's own. */
  readonly mailbox: {
    readonly name: string;
    readonly address: string;
    /** We fetch its mail from elsewhere, where no address but its own is ours. */
    readonly fetched: boolean;
  } | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly replyTo: string | null;
  /** Null: a person wrote it. */
  readonly autoSubmitted: 'auto-generated' | 'auto-replied' | null;
  readonly files: readonly LetterFile[];
}

/** Bytes of a file, by the id that the letter gave it. */
export type ReadFile = (id: string) => AsyncIterable<Uint8Array>;

export interface Identity {
  readonly site: MailSite;
  /** Address of the site as a sender. */
  readonly from: string;
  readonly tokenKey: Buffer;
  /** Null: the mail leaves unsigned. */
  readonly signingKey: SigningKey | null;
  readonly readFile: ReadFile | null;
}

/** Exchange's: no holiday notes and no receipts in answer. Not "All", which would also keep bounces from us. */
const noAnswers = 'DR, RN, NRN, OOF, AutoReply';

/** The domain that signs a mail: that of its From, which alone counts for DMARC. */
export function signingDomain(mail: OutgoingMail, from: string): string {
  return domainOf(mail.mailbox?.address ?? from);
}

/** What nodemailer is given. Pure but for the files, which are read as the mail is written to the relay. */
export function messageOf(mail: OutgoingMail, identity: Identity): SendMailOptions {
  const { site, from, tokenKey, signingKey } = identity;
  const sender = mail.mailbox ?? { name: site.name, address: from };
  const replyTo = replyToOf(mail, identity);
  return {
    from: { name: sender.name, address: sender.address },
    to: { name: '', address: mail.recipient },
    ...(mail.cc.length > 0 && { cc: mail.cc.map((address) => ({ name: '', address })) }),
    ...(replyTo !== sender.address && { replyTo: { name: sender.name, address: replyTo } }),
    envelope: { from: returnPathOf(mail, sender.address, tokenKey), to: [...mail.envelopeTo] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    ...(mail.inReplyTo !== null && { inReplyTo: mail.inReplyTo }),
    ...(mail.references.length > 0 && { references: [...mail.references] }),
    date: new Date(mail.writtenAtMs),
    headers: {
      ...(mail.autoSubmitted !== null && { 'Auto-Submitted': mail.autoSubmitted }),
      'X-Auto-Response-Suppress': noAnswers,
      [loopHeader]: loopToken(tokenKey),
    },
    attachments: attachmentsOf(mail, identity.readFile),
    ...(signingKey !== null && { dkim: dkimOf(signingKey) }),
    xMailer: false,
  };
}

function replyToOf(mail: OutgoingMail, { site, tokenKey }: Identity): string {
  if (mail.replyTo !== null) return mail.replyTo;
  const address = mail.mailbox?.address ?? site.supportAddress;
  return mail.ticketNumber === null ? address : replyAddress(tokenKey, address, mail.ticketNumber);
}

/** Mail of no mailbox comes back to its sender, wherever the operator has that read. */
function returnPathOf({ id, mailbox }: OutgoingMail, sender: string, tokenKey: Buffer): string {
  if (mailbox === null) return sender;
  return returnPath(tokenKey, mailbox.address, id, mailbox.fetched ? 'tagged' : 'own');
}

function dkimOf({ domain, selector, privateKey }: SigningKey) {
  return { domainName: domain, keySelector: selector, privateKey };
}

function attachmentsOf({ files }: OutgoingMail, readFile: ReadFile | null) {
  let left: number = limits.letterFilesBytes;
  async function* counted(id: string): AsyncIterable<Uint8Array> {
    if (readFile === null) throw new Error('there is nowhere to read files from');
    for await (const piece of readFile(id)) {
      left -= piece.byteLength;
      if (left < 0) throw new FilesTooLarge();
      yield piece;
    }
  }
  return files.map(({ id, name, type, contentId }) => ({
    filename: name,
    contentType: type,
    content: Readable.from(counted(id), { objectMode: false }),
    ...(contentId === null ? {} : { cid: contentId, contentDisposition: 'inline' as const }),
  }));
}

/** No relay will take it, so that it is not tried again. */
export class FilesTooLarge extends Error {
  constructor() {
    super(`its files have more than ${limits.letterFilesBytes} bytes`);
    this.name = 'FilesTooLarge';
  }
}
