import type pg from 'pg';
import { z } from 'zod';
import { appendAudit } from '../audit/index.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { StaffPermission } from '../base/permissions.ts';
import { inTransaction } from '../db/index.ts';
import {
  type Caller,
  decodeCursor,
  encodeCursor,
  FileBody,
  pageOf,
  pageQuery,
  type Route,
  type RouteContext,
  route,
  Throttle,
  ThrottledError,
} from '../http/index.ts';
import { domainRoutes } from './domain-routes.ts';
import { contentBody, contentSchema, mailBody, mailSchema, relayBody, relaySchema } from './json.ts';
import type { Mail } from './mail.ts';
import { letterKinds } from './new-letter.ts';
import { outboxRoutes } from './outbox-routes.ts';
import { framed, frameHeaders, pieceOf, type ReadableMail, readable } from './reading.ts';
import { mailKinds } from './render.ts';
import { retryMail, retryProblems } from './retry.ts';
import { suppressionRoutes } from './suppression-routes.ts';
import { findMail, listMail, mailStates, relayHealth } from './view.ts';

export interface MailRoutesOptions {
  readonly pool: pg.Pool;
  readonly mail: Mail;
  /** Whether anybody may read mail that no relay takes: see `outboxIsOpen`. */
  readonly outboxVisible: () => boolean;
  readonly clock?: Clock;
}

const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/);
const mailParams = z.object({ mail: text(100).describe('Id of the mail.') });
const placeSchema = z.tuple([z.int().min(0), text(100)]);
const notFound = { mail_not_found: 404 } as const;
const unread = { ...notFound, mail_restricted: 403 } as const;

/** Test mails of one person within an hour. */
const testsPerHour = 10;
const hourMs = 3_600_000;

export function mailRoutes(options: MailRoutesOptions): readonly Route[] {
  const clock = options.clock ?? systemClock;
  return [
    ...listRoutes(options),
    ...domainRoutes({ ...options, clock }),
    ...suppressionRoutes(options, appendAudit),
    ...readRoutes(options),
    ...sendRoutes({ ...options, clock }),
    ...outboxRoutes(options),
  ];
}

function listRoutes({ pool, mail }: MailRoutesOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/mail',
      summary: 'List mail that went out, newest first',
      access: 'staff:mail.read',
      query: z.object({
        ...pageQuery,
        state: z.enum(mailStates).optional(),
        kind: z.enum([...mailKinds, ...letterKinds]).optional(),
        recipient: text(254).optional().describe('A whole address.'),
      }),
      responses: { 200: pageOf(mailSchema) },
      async handle({ caller }, { query: { cursor, ...filter } }) {
        const place = cursor === undefined ? undefined : decodeCursor(cursor, placeSchema);
        const after = place && { createdAtUs: place[0], id: place[1] };
        const withoutSecurity = !holds(caller, 'tickets.security');
        const { mails, next } = await listMail(pool, { ...filter, after, withoutSecurity });
        const nextCursor = next === null ? null : encodeCursor([next.createdAtUs, next.id]);
        return { status: 200, body: { data: mails.map(mailBody), next_cursor: nextCursor } };
      },
    }),
    route({
      method: 'GET',
      path: '/admin/v1/mail/relay',
      summary: 'Show how mail fares',
      access: 'staff:mail.read',
      responses: { 200: relaySchema },
      handle: async () => ({ status: 200, body: relayBody(mail.relay, mail.from(), await relayHealth(pool)) }),
    }),
  ];
}

function readRoutes({ pool }: MailRoutesOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/mail/{mail}',
      summary: 'Show a mail, with its text',
      access: 'staff:mail.read',
      params: mailParams,
      responses: { 200: contentSchema },
      problems: unread,
      handle: async (context, { params }) => ({
        status: 200,
        body: contentBody(await readAsStaff(pool, params.mail, context)),
      }),
    }),
    route({
      method: 'GET',
      path: '/admin/v1/mail/{mail}/html',
      summary: 'Show a mail as its reader sees it, for a frame',
      access: 'staff:mail.read',
      params: mailParams,
      responses: { 200: new FileBody('text/html; charset=utf-8') },
      problems: { ...unread, mail_text_gone: 409 },
      async handle(context, { params }) {
        const { mail } = await readAsStaff(pool, params.mail, context);
        if (mail.body === null) throw new AppError('mail_text_gone', 'The text of this mail is no longer kept.');
        return { status: 200, body: pieceOf(framed(mail.body.html)), headers: frameHeaders };
      },
    }),
  ];
}

function sendRoutes({ pool, mail, clock }: MailRoutesOptions & { readonly clock: Clock }): Route[] {
  const tests = new Throttle(clock, testsPerHour, hourMs);
  return [
    route({
      method: 'POST',
      path: '/admin/v1/mail/{mail}/retry',
      summary: 'Send a mail once more, at once',
      access: 'staff:mail.write',
      params: mailParams,
      responses: { 200: mailSchema },
      problems: { ...retryProblems, mail_restricted: 403 },
      async handle({ caller, actor }, { params }) {
        refuseRestricted(await find(pool, params.mail), caller);
        await inTransaction(pool, async (client) => {
          const how = { relayed: mail.relay !== null, from: mail.from(), tokenKey: mail.tokenKey };
          const { state } = await retryMail(client, params.mail, how);
          await appendAudit(client, actor, {
            action: 'mail.retried',
            organizationId: null,
            // Not its subject: who reads the audit log may not be one who may read the ticket.
            subject: { kind: 'mail', id: params.mail },
            before: { state },
            after: { state: 'waiting' },
          });
        });
        return {
          status: 200,
          body: mailBody(await find(pool, params.mail)),
        };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/v1/mail/test',
      summary: 'Send a test mail to yourself',
      access: 'staff:mail.write',
      body: z.object({ locale: z.enum(['en', 'zh']).default('en') }),
      responses: { 202: mailSchema },
      problems: { mail_without_address: 409, mail_tests_throttled: 429 },
      async handle({ caller, actor }, { body }) {
        const { email, name, accountId } = addressee(caller);
        const waitSeconds = tests.count(accountId);
        if (waitSeconds > 0)
          throw new ThrottledError('mail_tests_throttled', 'That is enough test mail for an hour.', waitSeconds);
        const id = await inTransaction(pool, async (client) => {
          const facts = { by: name === '' ? email : name };
          const queued = await mail.queueMail(client, {
            kind: 'test',
            to: email,
            locale: body.locale,
            facts,
            accountId,
          });
          const subject = { kind: 'mail', id: queued, name: email };
          await appendAudit(client, actor, { action: 'mail.test_sent', organizationId: null, subject });
          return queued;
        });
        return { status: 202, body: mailBody(await find(pool, id)) };
      },
    }),
  ];
}

async function find(pool: pg.Pool, id: string) {
  const found = await findMail(pool, id);
  if (found === null) throw new AppError('mail_not_found', 'There is no such mail.');
  return found;
}

async function readAsStaff(pool: pg.Pool, id: string, { caller, actor }: RouteContext): Promise<ReadableMail> {
  const found = await find(pool, id);
  refuseRestricted(found, caller);
  const read = readable(found, holds(caller, 'staff.write'));
  if (read.links === 'shown') {
    const subject = { kind: 'mail', id, name: read.mail.recipient };
    await appendAudit(pool, actor, { action: 'mail.link_shown', organizationId: null, subject });
  }
  return read;
}

function refuseRestricted({ restricted }: { readonly restricted: boolean }, caller: Caller): void {
  if (!restricted || holds(caller, 'tickets.security')) return;
  throw new AppError(
    'mail_restricted',
    'This mail tells of a vulnerability; you need the permission to read such tickets.',
  );
}

function holds(caller: Caller, permission: StaffPermission): boolean {
  if (caller.kind === 'admin_token') return true;
  if (caller.kind !== 'person' || !caller.staff?.permissions.has(permission)) return false;
  return caller.token === null || caller.token.permissions.has(`staff:${permission}`);
}

function addressee(caller: Caller) {
  if (caller.kind === 'person') return caller;
  throw new AppError('mail_without_address', 'The admin token has no address; sign in, and send the test to yours.');
}
