import type pg from 'pg';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery, type Route, type RouteContext, route } from '../http/index.ts';
import { checkRecipient } from './address.ts';
import type { MailRoutesOptions } from './routes.ts';
import { liftSuppression, listSuppressed, type SuppressedAddress, suppress, suppressedAmong } from './suppression.ts';

const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/);

const suppressedSchema = z.object({
  address: z.string().describe('In lower case.'),
  reason: z.enum(['bounce', 'complaint', 'staff']),
  mail: z.string().nullable().describe('Id of the mail that came back.'),
  detail: z.string(),
  created_at: z.string().describe('ISO 8601, UTC.'),
});

/** Writes to the audit log, which stands beside this module and not below it. */
export type AppendAudit = (
  client: pg.ClientBase,
  actor: RouteContext['actor'],
  entry: {
    readonly action: string;
    readonly organizationId: null;
    readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
    readonly before?: Readonly<Record<string, unknown>>;
    readonly after?: Readonly<Record<string, unknown>>;
  },
) => Promise<unknown>;

/** Addresses that nothing is sent to any more. */
export function suppressionRoutes({ pool }: MailRoutesOptions, appendAudit: AppendAudit): Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/mail/suppressed',
      summary: 'List addresses that nothing is sent to any more',
      access: 'staff:mail.read',
      query: z.object({ ...pageQuery, search: text(254).min(1).optional().describe('Part of an address.') }),
      responses: { 200: pageOf(suppressedSchema) },
      async handle(_context, { query: { cursor, limit, search = null } }) {
        const after = cursor === undefined ? null : decodeCursor(cursor, z.tuple([text(254)]))[0];
        const { addresses, next } = await listSuppressed(pool, { limit, after, search });
        const nextCursor = next === null ? null : encodeCursor([next]);
        return { status: 200, body: { data: addresses.map(suppressedBody), next_cursor: nextCursor } };
      },
    }),
    addRoute(pool, appendAudit),
    liftRoute(pool, appendAudit),
  ];
}

function addRoute(pool: MailRoutesOptions['pool'], appendAudit: AppendAudit): Route {
  return route({
    method: 'POST',
    path: '/admin/v1/mail/suppressed',
    summary: 'Send nothing to an address any more',
    access: 'staff:mail.write',
    body: z.object({ address: text(254), detail: text(300).default('').describe('Why, for other staff.') }),
    responses: { 201: suppressedSchema },
    problems: { mail_recipient_invalid: 422, address_suppressed: 409 },
    async handle({ actor }, { body: { address, detail } }) {
      checkRecipient(address);
      const made = await inTransaction(pool, async (client) => {
        if (!(await suppress(client, { address, reason: 'staff', outboxId: null, detail })))
          throw new AppError('address_suppressed', 'Nothing is sent to this address already.');
        await appendAudit(client, actor, {
          action: 'mail.address_suppressed',
          organizationId: null,
          subject: { kind: 'mail_address', id: address.toLowerCase(), name: address.toLowerCase() },
          after: { detail },
        });
        return (await suppressedAmong(client, [address]))[0];
      });
      if (made === undefined) throw new Error('An address went away in its own transaction.');
      return { status: 201, body: suppressedBody(made) };
    },
  });
}

function liftRoute(pool: MailRoutesOptions['pool'], appendAudit: AppendAudit): Route {
  return route({
    method: 'DELETE',
    path: '/admin/v1/mail/suppressed/{address}',
    summary: 'Send to an address again',
    access: 'staff:mail.write',
    params: z.object({ address: text(254) }),
    responses: { 204: null },
    problems: { address_not_suppressed: 404 },
    async handle({ actor }, { params: { address } }) {
      await inTransaction(pool, async (client) => {
        const lifted = await liftSuppression(client, address);
        if (lifted === null) throw new AppError('address_not_suppressed', 'Mail is sent to this address.');
        await appendAudit(client, actor, {
          action: 'mail.suppression_lifted',
          organizationId: null,
          subject: { kind: 'mail_address', id: lifted.address, name: lifted.address },
          before: { reason: lifted.reason, detail: lifted.detail },
        });
      });
      return { status: 204, body: null };
    },
  });
}

function suppressedBody({ address, reason, outboxId, detail, createdAtMs }: SuppressedAddress) {
  return { address, reason, mail: outboxId, detail, created_at: new Date(createdAtMs).toISOString() };
}
