import type pg from 'pg';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import {
  type Caller,
  decodeCursor,
  encodeCursor,
  FileBody,
  pageOf,
  pageQuery,
  type Route,
  route,
} from '../http/index.ts';
import { discard, findIncoming, incomingFigures, listIncoming, openRaw, runAgain } from './incoming.ts';
import type { BytesSealer } from './intake.ts';
import { figuresBody, figuresSchema, incomingBody, incomingSchema, sendInput, sentSchema } from './json.ts';
import { listMailboxes, type TextSealer } from './mailboxes.ts';
import type { Mailroom } from './mailroom.ts';
import { mailboxRoutes } from './route-mailboxes.ts';
import { mailStates } from './state.ts';

export interface MailroomRoutesOptions {
  readonly pool: pg.Pool;
  readonly sealer: BytesSealer & TextSealer;
  readonly mailroom: Pick<Mailroom, 'send' | 'port' | 'mailboxesChanged'>;
}

const params = z.object({ mail: z.string().max(100).describe('Id of the mail.') });
const placeSchema = z.tuple([z.int().min(0), z.string().max(100)]);
const notFound = { incoming_mail_not_found: 404 } as const;

export function mailroomRoutes(options: MailroomRoutesOptions): readonly Route[] {
  return [...listRoutes(options), ...actionRoutes(options), ...sendRoutes(options), ...mailboxRoutes(options)];
}

function listRoutes({ pool, mailroom }: MailroomRoutesOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/mailroom',
      summary: 'Show how mail fares that comes in',
      access: 'staff:mail.read',
      responses: { 200: figuresSchema },
      async handle() {
        const [figures, mailboxes] = await Promise.all([incomingFigures(pool), listMailboxes(pool)]);
        return { status: 200, body: figuresBody(figures, mailboxes, mailroom.port()) };
      },
    }),
    route({
      method: 'GET',
      path: '/admin/v1/mailroom/mails',
      summary: 'List mail that came in, newest first',
      access: 'staff:mail.read',
      query: z.object({
        ...pageQuery,
        state: z.enum(mailStates).optional(),
        mailbox: z.string().max(100).optional().describe('Id of a mailbox.'),
      }),
      responses: { 200: pageOf(incomingSchema) },
      async handle({ caller }, { query: { cursor, mailbox, ...filter } }) {
        const place = cursor === undefined ? undefined : decodeCursor(cursor, placeSchema);
        const after = place && { receivedAtUs: place[0], id: place[1] };
        const { mails, next } = await listIncoming(pool, {
          ...filter,
          mailboxId: mailbox,
          security: maySeeSecurity(caller),
          after,
        });
        const nextCursor = next === null ? null : encodeCursor([next.receivedAtUs, next.id]);
        return { status: 200, body: { data: mails.map(incomingBody), next_cursor: nextCursor } };
      },
    }),
    route({
      method: 'GET',
      path: '/admin/v1/mailroom/mails/{mail}',
      summary: 'Show how a mail came in and how far it is',
      access: 'staff:mail.read',
      params,
      responses: { 200: incomingSchema },
      problems: notFound,
      handle: async ({ caller }, input) => ({
        status: 200,
        body: incomingBody(await findIncoming(pool, input.params.mail, maySeeSecurity(caller))),
      }),
    }),
  ];
}

function actionRoutes({ pool, sealer }: MailroomRoutesOptions): Route[] {
  return [
    route({
      method: 'POST',
      path: '/admin/v1/mailroom/mails/{mail}/run-again',
      summary: 'Let a mail in quarantine go on where it stopped',
      access: 'staff:mail.write',
      params,
      responses: { 200: incomingSchema },
      problems: { ...notFound, incoming_mail_done: 409, raw_mail_gone: 409 },
      async handle({ actor, caller }, { params: { mail } }) {
        const security = maySeeSecurity(caller);
        await findIncoming(pool, mail, security);
        await runAgain(pool, actor, mail);
        return { status: 200, body: incomingBody(await findIncoming(pool, mail, security)) };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/v1/mailroom/mails/{mail}/discard',
      summary: 'Leave a mail in quarantine alone for good',
      access: 'staff:mail.write',
      params,
      responses: { 200: incomingSchema },
      problems: { ...notFound, incoming_mail_done: 409 },
      async handle({ actor, caller }, { params: { mail } }) {
        const security = maySeeSecurity(caller);
        await findIncoming(pool, mail, security);
        await discard(pool, actor, mail);
        return { status: 200, body: incomingBody(await findIncoming(pool, mail, security)) };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/v1/mailroom/mails/{mail}/raw',
      summary: 'Open a mail as it came; the reason goes to the audit log',
      access: 'staff:mailroom.raw',
      params,
      body: z.object({
        reason: z
          .string()
          .trim()
          .min(5)
          .max(500)
          .regex(/^[^\0]*$/),
      }),
      responses: { 200: new FileBody('application/octet-stream') },
      problems: { ...notFound, raw_mail_gone: 409, raw_mail_restricted: 403 },
      async handle({ actor, caller }, input) {
        const { mail } = input.params;
        const bytes = await openRaw(pool, sealer, actor, mail, input.body.reason, maySeeSecurity(caller));
        const headers = {
          'content-disposition': `attachment; filename="${mail.replace(/[^\w-]/g, '')}.eml"`,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        };
        return { status: 200, body: piecesOf(bytes), headers };
      },
    }),
  ];
}

function sendRoutes({ mailroom }: MailroomRoutesOptions): Route[] {
  return [
    route({
      method: 'POST',
      path: '/admin/v1/mailroom/send',
      summary: 'Send a mail to the site itself, as a customer would, to try the desk out',
      access: 'staff:desk.write',
      body: sendInput,
      responses: { 202: sentSchema },
      problems: {
        mail_listener_off: 409,
        mail_sender_not_local: 409,
        mail_recipient_invalid: 422,
        mail_file_invalid: 400,
        mail_refused: 422,
      },
      async handle(_context, { body }) {
        const files = body.files.map(({ name, base64 }) => ({ name, bytes: bytesOf(base64) }));
        const { messageId, reply } = await mailroom.send({
          ...body,
          files,
          replyTo: body.reply_to,
          messageId: body.message_id,
          inReplyTo: body.in_reply_to,
        });
        return { status: 202, body: { message_id: messageId, reply } };
      },
    }),
  ];
}

function bytesOf(base64: string): Buffer {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return Buffer.from(base64, 'base64');
  throw new AppError('mail_file_invalid', 'Give the bytes of a file as base64 without line breaks.');
}

/** Reports of vulnerabilities are for those alone who may see them. */
function maySeeSecurity(caller: Caller): boolean {
  if (caller.kind === 'admin_token') return true;
  if (caller.kind !== 'person' || !caller.staff?.permissions.has('tickets.security')) return false;
  return caller.token === null || caller.token.permissions.has('staff:tickets.security');
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
