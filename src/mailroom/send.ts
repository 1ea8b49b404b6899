import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { AppError } from '../base/errors.ts';
import { isMailAddress } from '../mail/index.ts';
import type { DemoSigner } from './demo-domain.ts';

/** A mail as a customer would send it, for trying the desk out. */
export interface TrialMail {
  readonly as: string;
  readonly name: string;
  readonly to: string;
  readonly cc: readonly string[];
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
  /** Null: one is made. */
  readonly messageId: string | null;
  /** Message-ID that it answers; null: it begins a thread. */
  readonly inReplyTo: string | null;
  /** As anybody could send it: nobody vouches for its sender. */
  readonly unsigned: boolean;
}

export interface TrialParts {
  /** Null: nothing listens. */
  readonly port: () => number | null;
  readonly host: string;
  readonly signer: DemoSigner;
  /** Whether `.localhost` domains vouch for what the site has signed. */
  readonly demo: boolean;
}

const deliveryMs = 30_000;

/**
 * Delivers a mail to the site's own listener, signed for a `.localhost` domain unless it is to be a stranger's.
 *
 * @returns its Message-ID, and what the listener said
 * @throws AppError `mail_listener_off`, `mail_sender_not_local`, `mail_recipient_invalid`, `mail_refused`
 */
export async function sendTrial(parts: TrialParts, mail: TrialMail): Promise<{ messageId: string; reply: string }> {
  const port = parts.port();
  if (port === null)
    throw new AppError(
      'mail_listener_off',
      'No mail is taken by SMTP: set LODGE_SMTP_PORT, or look for the reason in the log.',
    );
  if (!isMailAddress(mail.as) || !isMailAddress(mail.to))
    throw new AppError('mail_recipient_invalid', 'Sender and recipient must be one mail address each.');
  if (!mail.unsigned) checkSignable(parts, mail.as);
  const messageId = mail.messageId ?? `<${crypto.randomUUID()}@${domainOf(mail.as)}>`;
  const raw = await compose(mail, messageId);
  const signed = mail.unsigned
    ? raw
    : Buffer.concat([Buffer.from(await parts.signer.sign(raw, domainOf(mail.as))), raw]);
  const transport = createTransport({
    host: parts.host,
    port,
    secure: false,
    ignoreTLS: true,
    name: domainOf(mail.as),
    socketTimeout: deliveryMs,
  });
  try {
    const { response } = await transport.sendMail({ envelope: { from: mail.as, to: [mail.to] }, raw: signed });
    return { messageId, reply: response };
  } catch (error) {
    const { response } = error as { response?: unknown };
    const words = typeof response === 'string' ? response : 'the listener could not be reached';
    throw new AppError('mail_refused', `The mail was not taken: ${words}`, { cause: error });
  } finally {
    transport.close();
  }
}

function checkSignable({ demo }: TrialParts, address: string): void {
  const local = /(?:^|\.)localhost$/.test(domainOf(address));
  if (demo && local) return;
  throw new AppError(
    'mail_sender_not_local',
    demo
      ? 'Only addresses of .localhost domains can be vouched for, such as ada@example.localhost; others need --unsigned.'
      : 'A site with a database of its own takes the word of real DNS alone; send with --unsigned, or from a real mail program.',
  );
}

async function compose(mail: TrialMail, messageId: string): Promise<Buffer> {
  const composer = new MailComposer({
    from: { address: mail.as, name: mail.name },
    to: mail.to,
    ...(mail.cc.length > 0 && { cc: [...mail.cc] }),
    ...(mail.replyTo !== null && { replyTo: mail.replyTo }),
    ...(mail.inReplyTo !== null && { inReplyTo: mail.inReplyTo, references: mail.inReplyTo }),
    subject: mail.subject,
    text: mail.text,
    messageId,
    attachments: mail.files.map(({ name, bytes }) => ({ filename: name, content: bytes })),
    // What is given is text, never a path or an address to load from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
