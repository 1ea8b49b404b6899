import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { FileBody, type Route, route } from '../../http/index.ts';
import { attachmentFile, messageDocument } from '../content.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { byTicket, localeShape } from '../shapes.ts';
import { findMessage } from '../store/index.ts';
import { uploadRoutes } from '../upload-routes.ts';
import { seenTicket, viewerOf } from './sight.ts';

const base = '/admin/v1/tickets/{ticket}';

/** Bytes: what is attached, a mail's HTML, and uploads for replies. */
export function contentRoutes(parts: DeskParts): Route[] {
  const { pool, files, url } = parts;
  return [
    route({
      method: 'GET',
      path: `${base}/messages/{message}/html`,
      summary: 'A message’s HTML as a document for a frame without scripts',
      access: 'staff:tickets.read',
      params: byTicket.extend({ message: z.string().max(100) }),
      query: z.object({
        lang: localeShape.default('en'),
        images: z.enum(['1']).optional().describe('1: images elsewhere are fetched by the site and shown.'),
      }),
      responses: { 200: new FileBody('text/html; charset=utf-8') },
      problems: only('ticket_not_found', 'ticket_message_not_found'),
      async handle(context, { params, query }) {
        const { number } = await seenTicket(pool, context, params.ticket);
        const message = await findMessage(pool, number, params.message);
        if (message?.html == null) {
          throw new AppError('ticket_message_not_found', 'There is no such message with HTML on this ticket.');
        }
        const remote = query.images === '1' ? parts : null;
        const { html, headers } = await messageDocument(files, message, { locale: query.lang, url: url(), remote });
        return { status: 200, body: piecesOf(html), headers };
      },
    }),
    route({
      method: 'GET',
      path: `${base}/attachments/{attachment}`,
      summary: 'Download an attachment; safe images may be shown',
      access: 'staff:tickets.read',
      params: byTicket.extend({ attachment: z.string().max(100) }),
      query: z.object({ inline: z.enum(['1']).optional() }),
      responses: { 200: new FileBody('application/octet-stream') },
      problems: only('ticket_not_found', 'ticket_attachment_not_found', 'ticket_attachment_infected'),
      async handle(context, { params, query }) {
        const { number } = await seenTicket(pool, context, params.ticket);
        const shown = { inline: query.inline === '1', publicOnly: false };
        const { body, headers } = await attachmentFile(pool, files, number, params.attachment, shown);
        return { status: 200, body, headers };
      },
    }),
    ...uploadRoutes(parts, {
      path: '/admin/v1/ticket-uploads',
      access: 'staff:tickets.write',
      ownerOf: viewerOf,
    }),
  ];
}

export async function* piecesOf(text: string): AsyncGenerator<string> {
  yield text;
}
