import { z } from 'zod';
import type { IncomingFigures, IncomingMail } from './incoming.ts';
import { type Mailbox, mailboxPurposes } from './mailboxes.ts';
import { mailStates } from './state.ts';

const time = z.string().describe('ISO 8601, UTC.');
const text = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .regex(/^[^\0]*$/);
const line = (least: number, most: number) => text(least, most).regex(/^[^\r\n]*$/);

const imapSchema = z.object({
  host: line(1, 253).regex(/^\S+$/),
  port: z.int().min(1).max(65_535),
  tls: z.enum(['implicit', 'starttls', 'none']).describe('none: only for a server on this machine.'),
  user: line(1, 254),
  folder: line(1, 200).default('INBOX'),
});

export const mailboxInput = z.object({
  address: line(3, 254),
  name: line(1, 100).describe('Stands before the address in what is answered from it.'),
  purpose: z.enum(mailboxPurposes).default('support'),
  enabled: z.boolean().default(true),
  signatures: z.object({ en: text(0, 2_000).optional(), zh: text(0, 2_000).optional() }).default({}),
  imap: imapSchema.nullable().default(null).describe('Null: mail is delivered to the listener.'),
  imap_password: line(1, 1_000).optional().describe('Never shown again.'),
});

export const mailboxChange = z.object({
  address: line(3, 254).optional(),
  name: line(1, 100).optional(),
  purpose: z.enum(mailboxPurposes).optional(),
  enabled: z.boolean().optional(),
  signatures: z.object({ en: text(0, 2_000).optional(), zh: text(0, 2_000).optional() }).optional(),
  imap: imapSchema.nullable().optional(),
  imap_password: line(1, 1_000).optional(),
});

export const mailboxSchema = z.object({
  id: z.string(),
  address: z.string(),
  name: z.string(),
  purpose: z.enum(mailboxPurposes),
  enabled: z.boolean(),
  signatures: z.object({ en: z.string().optional(), zh: z.string().optional() }),
  imap: imapSchema.nullable(),
  poll: z
    .object({ polled_at: time.nullable(), error: z.object({ at: time, message: z.string() }).nullable() })
    .nullable()
    .describe('How reading it by IMAP fares.'),
});

export const mailboxTestSchema = z.object({
  works: z.boolean(),
  problem: z.enum(['dns', 'unreachable', 'tls', 'login', 'folder', 'other']).nullable(),
  message: z.string().nullable(),
  messages: z.int().nullable().describe('How many mails the folder holds.'),
});

export const incomingSchema = z.object({
  id: z.string(),
  state: z.enum(mailStates),
  came_by: z.enum(['smtp', 'imap', 'command']),
  received_at: time,
  mailbox: z.object({ id: z.string(), address: z.string() }).nullable(),
  message_id: z.string(),
  size: z.int(),
  from: z.string().nullable().describe('Of the envelope; null: not known.'),
  to: z.array(z.string()),
  ip_address: z.string().nullable(),
  attempts: z.int(),
  next_attempt_at: time.nullable(),
  last_error: z.string().nullable(),
  quarantine_code: z.string().nullable(),
  ticket: z.string().nullable().describe('T-<number>.'),
  raw_kept: z.boolean(),
  repeats: z.int().describe('How often the same mail came again, by this or another way.'),
});

export const figuresSchema = z.object({
  listening: z.boolean(),
  port: z.int().nullable().describe('On which mail is taken by SMTP.'),
  states: z.record(z.enum(mailStates), z.int()),
  oldest_waiting_at: time.nullable(),
  last_received_at: time.nullable(),
  outgoing_last_week: z.object({ sent: z.int(), bounced: z.int(), bounce_rate: z.number() }),
  mailboxes: z.array(mailboxSchema),
});

export const sendInput = z.object({
  as: line(3, 254),
  name: line(0, 100).default(''),
  to: line(3, 254),
  cc: z.array(line(3, 254)).max(20).default([]),
  reply_to: line(3, 254).nullable().default(null),
  subject: line(0, 300).default(''),
  text: text(0, 500_000).default(''),
  files: z
    .array(z.object({ name: line(1, 200), base64: z.string().max(1_000_000) }))
    .max(20)
    .default([]),
  message_id: line(3, 250)
    .regex(/^<[^<>\s]+>$/)
    .nullable()
    .default(null),
  in_reply_to: line(3, 250)
    .regex(/^<[^<>\s]+>$/)
    .nullable()
    .default(null),
  unsigned: z.boolean().default(false).describe('As anybody could send it: nobody vouches for its sender.'),
});

export const sentSchema = z.object({ message_id: z.string(), reply: z.string().describe('What the listener said.') });

export function mailboxBody({ poll, ...mailbox }: Mailbox): z.input<typeof mailboxSchema> {
  const { id, address, name, purpose, enabled, signatures, imap } = mailbox;
  const error = poll?.error ?? null;
  return {
    id,
    address,
    name,
    purpose,
    enabled,
    signatures,
    imap,
    poll: poll && {
      polled_at: isoOrNull(poll.polledAtMs),
      error: error && { at: iso(error.atMs), message: error.words },
    },
  };
}

export function incomingBody(mail: IncomingMail): z.input<typeof incomingSchema> {
  const { id, state, mailbox, size, envelope, attempts, repeats } = mail;
  return {
    id,
    state,
    came_by: mail.cameBy,
    received_at: iso(mail.receivedAtMs),
    mailbox,
    message_id: mail.messageId,
    size,
    from: envelope.from,
    to: [...envelope.to],
    ip_address: envelope.ip_address,
    attempts,
    next_attempt_at: isoOrNull(mail.nextAttemptAtMs),
    last_error: mail.lastError,
    quarantine_code: mail.quarantineCode,
    ticket: mail.ticketNumber === null ? null : `T-${mail.ticketNumber}`,
    raw_kept: mail.rawKept,
    repeats,
  };
}

export function figuresBody(
  figures: IncomingFigures,
  mailboxes: readonly Mailbox[],
  port: number | null,
): z.input<typeof figuresSchema> {
  const { sent, bounced, states } = figures;
  return {
    listening: port !== null,
    port,
    states,
    oldest_waiting_at: isoOrNull(figures.oldestWaitingAtMs),
    last_received_at: isoOrNull(figures.lastReceivedAtMs),
    outgoing_last_week: { sent, bounced, bounce_rate: sent === 0 ? 0 : bounced / sent },
    mailboxes: mailboxes.map(mailboxBody),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
