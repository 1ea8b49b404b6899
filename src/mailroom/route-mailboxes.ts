import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { type Route, route } from '../http/index.ts';
import { testMailbox } from './imap-client.ts';
import { mailboxBody, mailboxChange, mailboxInput, mailboxSchema, mailboxTestSchema } from './json.ts';
import {
  changeMailbox,
  createMailbox,
  deleteMailbox,
  findMailbox,
  imapPassword,
  listMailboxes,
  type MailboxInput,
} from './mailboxes.ts';
import type { MailroomRoutesOptions } from './routes.ts';

const params = z.object({ mailbox: z.string().max(100).describe('Id of the mailbox.') });
const notFound = { mailbox_not_found: 404 } as const;
const invalid = { mailbox_address_invalid: 400, mailbox_imap_unsafe: 400, mailbox_address_taken: 409 } as const;

export function mailboxRoutes(options: MailroomRoutesOptions): Route[] {
  return [...readingRoutes(options), ...writingRoutes(options)];
}

function readingRoutes({ pool, sealer }: MailroomRoutesOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/admin/v1/mailboxes',
      summary: 'List the mailboxes',
      access: 'staff:mail.read',
      responses: { 200: z.object({ data: z.array(mailboxSchema) }) },
      handle: async () => ({ status: 200, body: { data: (await listMailboxes(pool)).map(mailboxBody) } }),
    }),
    route({
      method: 'GET',
      path: '/admin/v1/mailboxes/{mailbox}',
      summary: 'Show a mailbox',
      access: 'staff:mail.read',
      params,
      responses: { 200: mailboxSchema },
      problems: notFound,
      handle: async (_context, input) => ({
        status: 200,
        body: mailboxBody(await findMailbox(pool, input.params.mailbox)),
      }),
    }),
    route({
      method: 'POST',
      path: '/admin/v1/mailboxes/{mailbox}/test',
      summary: 'Try out whether a mailbox can be read by IMAP',
      access: 'staff:desk.write',
      params,
      responses: { 200: mailboxTestSchema },
      problems: { ...notFound, mailbox_without_imap: 409, mailbox_password_missing: 409 },
      async handle(_context, input) {
        const { imap, id } = await findMailbox(pool, input.params.mailbox);
        if (imap === null)
          throw new AppError('mailbox_without_imap', 'The mailbox is not read by IMAP; mail is delivered to it.');
        const { trouble, messages } = await testMailbox(imap, await imapPassword(pool, sealer, id));
        const { code = null, words = null } = trouble ?? {};
        return { status: 200, body: { works: trouble === null, problem: code, message: words, messages } };
      },
    }),
  ];
}

function writingRoutes({ pool, sealer, mailroom }: MailroomRoutesOptions): Route[] {
  return [
    route({
      method: 'POST',
      path: '/admin/v1/mailboxes',
      summary: 'Make a mailbox',
      access: 'staff:desk.write',
      body: mailboxInput,
      responses: { 201: mailboxSchema },
      problems: { ...invalid, mailboxes_full: 409 },
      async handle({ actor }, { body }) {
        const { imap_password: password, ...rest } = body;
        const mailbox = await createMailbox(pool, sealer, actor, { ...inputOf(rest), imapPassword: password });
        mailroom.mailboxesChanged();
        return { status: 201, body: mailboxBody(mailbox) };
      },
    }),
    route({
      method: 'PATCH',
      path: '/admin/v1/mailboxes/{mailbox}',
      summary: 'Change a mailbox; what is not named stays',
      access: 'staff:desk.write',
      params,
      body: mailboxChange,
      responses: { 200: mailboxSchema },
      problems: { ...notFound, ...invalid, mailbox_password_missing: 409 },
      async handle({ actor }, input) {
        const { imap_password: password, ...rest } = input.body;
        const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
        const change: Partial<MailboxInput> = { ...named, ...(password !== undefined && { imapPassword: password }) };
        const mailbox = await changeMailbox(pool, sealer, actor, input.params.mailbox, change);
        mailroom.mailboxesChanged();
        return { status: 200, body: mailboxBody(mailbox) };
      },
    }),
    route({
      method: 'DELETE',
      path: '/admin/v1/mailboxes/{mailbox}',
      summary: 'Delete a mailbox; the mail that came to it stays',
      access: 'staff:desk.write',
      params,
      responses: { 204: null },
      problems: notFound,
      async handle({ actor }, input) {
        await deleteMailbox(pool, actor, input.params.mailbox);
        mailroom.mailboxesChanged();
        return { status: 204, body: null };
      },
    }),
  ];
}

type NewMailbox = Omit<z.output<typeof mailboxInput>, 'imap_password'>;

function inputOf({ signatures, ...rest }: NewMailbox): Omit<MailboxInput, 'imapPassword'> {
  const { en, zh } = signatures;
  return { ...rest, signatures: { ...(en !== undefined && { en }), ...(zh !== undefined && { zh }) } };
}
