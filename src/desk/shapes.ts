import { z } from 'zod';
import { priorities, queues, ticketStates } from './store/index.ts';

export const time = z.iso.datetime();

/** A text that somebody writes. Postgres keeps no NUL. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/, 'must not hold NUL');

export const idText = text(100);
export const ticketText = z.string().max(40).describe('`T-1001`.');
export const byTicket = z.object({ ticket: ticketText });
export const messageMax = 100_000;
export const stateShape = z.enum(ticketStates);
export const queueShape = z.enum(queues);
export const priorityShape = z.enum(priorities);
export const localeShape = z.enum(['en', 'zh']);
export const versionShape = z
  .int()
  .min(1)
  .describe('`version` of the ticket as it was read: a change that somebody made meanwhile is not passed over.');
/** Ids of uploads that are whole. */
export const uploadsShape = z.array(idText).max(10).default([]);

export const attachmentShape = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    size: z.int(),
    inline: z.boolean().describe('An image that is safe to show within the thread.'),
    scan: z.enum(['clean', 'infected', 'unscanned']),
  })
  .meta({ id: 'TicketAttachment' });

export function timeText(ms: number): string;
export function timeText(ms: number | null): string | null;
export function timeText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
