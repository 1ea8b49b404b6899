import { z } from 'zod';
import { appendAudit } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, route } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { idText, priorityShape, queueShape, stateShape, text, ticketText } from '../shapes.ts';
import { changeAsStaff } from './route-changes.ts';

const tags = z.array(text(60)).max(20).optional();
const bulkMax = 100;

/** The same change of many tickets: each by itself, so that one that cannot be changed keeps none of the others back. */
export function bulkRoutes(parts: DeskParts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/admin/v1/tickets/bulk',
      summary: 'Change many tickets at once; what could not be changed is said',
      access: 'staff:tickets.write',
      body: z.object({
        tickets: z.array(ticketText).min(1).max(bulkMax),
        change: z.strictObject({
          state: stateShape.optional(),
          queue: queueShape.optional(),
          priority: priorityShape.optional(),
          assignee: idText.nullable().optional(),
          add_tags: tags,
          remove_tags: tags,
        }),
      }),
      responses: {
        200: z.object({
          changed: z.array(z.object({ id: z.string(), version: z.int() })),
          refused: z.array(z.object({ id: z.string(), code: z.string(), message: z.string() })),
        }),
      },
      async handle(context, { body }) {
        const changed: { id: string; version: number }[] = [];
        const refused: { id: string; code: string; message: string }[] = [];
        for (const id of new Set(body.tickets)) {
          try {
            const { version } = await changeAsStaff(parts, context, id, body.change);
            changed.push({ id, version });
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
            refused.push({ id, code: error.code, message: error.message });
          }
        }
        const after = { change: body.change, tickets: changed.map(({ id }) => id) };
        const subject = { kind: 'ticket', id: 'many' };
        const entry = { action: 'ticket.bulk_changed', organizationId: null, subject, after };
        await inTransaction(parts.pool, (client) => appendAudit(client, context.actor, entry));
        return { status: 200, body: { changed, refused } };
      },
    }),
  ];
}
