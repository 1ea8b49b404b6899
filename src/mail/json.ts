import { z } from 'zod';
import type { ReadableMail } from './reading.ts';
import { type MailView, mailStates, type RelayHealth } from './view.ts';

const time = z.string().describe('ISO 8601, UTC.');

export const mailSchema = z.object({
  id: z.string(),
  kind: z.string(),
  recipient: z.string(),
  account_id: z.string().nullable(),
  locale: z.enum(['en', 'zh']),
  subject: z.string(),
  state: z
    .enum(mailStates)
    .describe(
      'shown: there was no relay, the mail waits in the outbox page. withdrawn: taken back before it left. suppressed: nothing is sent to this address any more.',
    ),
  attempts: z.int(),
  created_at: time,
  sent_at: time.nullable(),
  next_attempt_at: time.nullable().describe('Null unless it waits.'),
  expires_at: time.nullable().describe('From then on its link is worth nothing, and it is not sent any more.'),
  last_error: z.object({ at: time, message: z.string() }).nullable(),
  leaves_at: time.nullable().describe('Null unless it can still be withdrawn.'),
  ticket: z.string().nullable().describe('Such as T-1001.'),
  bounce: z
    .object({ at: time, recipient: z.string().nullable(), hard: z.boolean().describe('It can never arrive there.') })
    .nullable()
    .describe('It came back, or the relay refused an address of it.'),
});

export const contentSchema = mailSchema.extend({
  message_id: z.string(),
  text: z.string().nullable().describe('Null once it is no longer kept.'),
  html: z.string().nullable(),
  links: z.enum(['plain', 'hidden', 'shown']).describe('hidden: links that open an account are left out.'),
});

/** What anybody may see on a site that only its own machine can reach. */
export const outboxItemSchema = z.object({
  id: z.string(),
  kind: z.string(),
  recipient: z.string(),
  subject: z.string(),
  created_at: time,
  leaves_at: time.nullable().describe('Null unless it can still be withdrawn.'),
});
export const outboxMailSchema = outboxItemSchema.extend({ text: z.string(), html: z.string() });

export const relaySchema = z.object({
  configured: z.boolean(),
  address: z.string().nullable().describe('Host and port.'),
  tls: z.enum(['implicit', 'required', 'optional']).nullable(),
  from: z.string(),
  waiting: z.int(),
  failed_last_day: z.int(),
  last_sent_at: time.nullable(),
  last_error: z.object({ at: time, message: z.string(), mail: z.string() }).nullable(),
});

export function mailBody(mail: MailView): z.input<typeof mailSchema> {
  const { id, kind, recipient, locale, subject, state, attempts, lastError } = mail;
  return {
    id,
    kind,
    recipient,
    account_id: mail.accountId,
    locale,
    subject,
    state,
    attempts,
    created_at: iso(mail.createdAtMs),
    sent_at: isoOrNull(mail.sentAtMs),
    next_attempt_at: isoOrNull(mail.nextAttemptAtMs),
    expires_at: isoOrNull(mail.expiresAtMs),
    last_error: lastError && { at: iso(lastError.atMs), message: lastError.words },
    leaves_at: isoOrNull(mail.leavesAtMs),
    ticket: mail.ticketNumber === null ? null : `T-${mail.ticketNumber}`,
    bounce: mail.bounce && {
      at: iso(mail.bounce.atMs),
      recipient: mail.bounce.recipient,
      hard: mail.bounce.hard,
    },
  };
}

export function contentBody({ mail, links }: ReadableMail): z.input<typeof contentSchema> {
  const { text = null, html = null } = mail.body ?? {};
  return { ...mailBody(mail), message_id: mail.messageId, text, html, links };
}

export function outboxItem(mail: MailView): z.input<typeof outboxItemSchema> {
  const { id, kind, recipient, subject, createdAtMs, leavesAtMs } = mail;
  return { id, kind, recipient, subject, created_at: iso(createdAtMs), leaves_at: isoOrNull(leavesAtMs) };
}

export function relayBody(
  relay: { readonly name: string; readonly tls: 'implicit' | 'required' | 'optional' } | null,
  from: string,
  { waiting, failed, lastSentAtMs, lastError }: RelayHealth,
): z.input<typeof relaySchema> {
  return {
    configured: relay !== null,
    address: relay?.name ?? null,
    tls: relay?.tls ?? null,
    from,
    waiting,
    failed_last_day: failed,
    last_sent_at: isoOrNull(lastSentAtMs),
    last_error: lastError && { at: iso(lastError.atMs), message: lastError.words, mail: lastError.mailId },
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
