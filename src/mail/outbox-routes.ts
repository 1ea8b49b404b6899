import type pg from 'pg';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { isLoopbackHost } from '../base/mail-relay.ts';
import { FileBody, type Route, type RouteContext, route } from '../http/index.ts';
import { outboxItem, outboxItemSchema, outboxMailSchema } from './json.ts';
import { framed, frameHeaders, pieceOf } from './reading.ts';
import { findMail, listMail } from './view.ts';

/** Newest first; whoever looks for a verification mail has just asked for it. */
const shownAtMost = 50;

const closed = { outbox_closed: 404 } as const;
const problems = { ...closed, mail_not_found: 404 } as const;
const params = z.object({
  mail: z
    .string()
    .max(100)
    .regex(/^[^\0]*$/),
});

/**
 * The outbox of a site that nothing but its own machine can reach and that has no relay: without it nobody could verify
 * the first registration. Only mail that waits here is shown, never what a relay took before it was removed.
 */
export function outboxRoutes(options: { readonly pool: pg.Pool; readonly outboxVisible: () => boolean }): Route[] {
  const { pool, outboxVisible } = options;
  const admit = ({ actor: { ipAddress }, hostname }: RouteContext): void => {
    const isHere = ipAddress !== null && isLoopbackHost(ipAddress);
    // A foreign page can have its own name lead to this machine, and read what a browser then brings it (DNS rebinding).
    if (outboxVisible() && isHere && isLoopbackHost(hostname)) return;
    throw new AppError(
      'outbox_closed',
      'Mail is shown only on a site without a relay, to its own machine, at localhost or 127.0.0.1.',
    );
  };
  return [
    route({
      method: 'GET',
      path: '/control/v1/outbox',
      summary: 'List mail that no relay takes, newest first',
      access: 'public',
      responses: { 200: z.object({ data: z.array(outboxItemSchema) }) },
      problems: closed,
      async handle(context) {
        admit(context);
        const { mails } = await listMail(pool, { outboxPage: true, limit: shownAtMost });
        return { status: 200, body: { data: mails.map(outboxItem) } };
      },
    }),
    route({
      method: 'GET',
      path: '/control/v1/outbox/{mail}',
      summary: 'Show a mail that no relay takes',
      access: 'public',
      params,
      responses: { 200: outboxMailSchema },
      problems,
      async handle(context, input) {
        admit(context);
        const { mail, body } = await shown(pool, input.params.mail);
        return { status: 200, body: { ...outboxItem(mail), ...body } };
      },
    }),
    route({
      method: 'GET',
      path: '/control/v1/outbox/{mail}/html',
      summary: 'Show such a mail as its reader would see it, for a frame',
      access: 'public',
      params,
      responses: { 200: new FileBody('text/html; charset=utf-8') },
      problems,
      async handle(context, input) {
        admit(context);
        const { body } = await shown(pool, input.params.mail);
        return { status: 200, body: pieceOf(framed(body.html)), headers: frameHeaders };
      },
    }),
  ];
}

async function shown(pool: pg.Pool, id: string) {
  const mail = await findMail(pool, id);
  const here = mail !== null && !mail.restricted && (mail.state === 'shown' || mail.leavesAtMs !== null);
  if (here && mail.body !== null) return { mail, body: mail.body };
  throw new AppError('mail_not_found', 'There is no such mail here.');
}
