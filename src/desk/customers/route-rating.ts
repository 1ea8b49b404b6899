import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, route } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { rateTicket, readRatingToken } from '../rating.ts';
import { findTicket, programActor, ticketName } from '../store/index.ts';

const token = z.string().max(60).describe('Of the link in the mail.');
const stars = z.int().min(1).max(5);

/** The question behind a satisfaction link, without an account. Who holds the link learns the number, and no more. */
export function ratingRoutes(parts: DeskParts): Route[] {
  const { pool, linkKey } = parts;
  const numberOf = (text: string): bigint => {
    const number = readRatingToken(linkKey, text);
    if (number === null)
      throw new AppError('rating_link_invalid', 'This link is none of ours, or was cut off. Copy it whole.');
    return number;
  };
  return [
    route({
      method: 'GET',
      path: '/control/v1/ticket-rating',
      summary: 'Show the question behind a satisfaction link',
      access: 'public',
      query: z.object({ token }),
      responses: {
        200: z.object({
          ticket: z.string(),
          locale: z.enum(['en', 'zh']),
          open: z.boolean().describe('It can be answered now.'),
          stars: stars.nullable(),
        }),
      },
      problems: only('rating_link_invalid'),
      async handle(_context, { query }) {
        const number = numberOf(query.token);
        const ticket = await findTicket(pool, number);
        const open = ticket !== null && (ticket.state === 'solved' || ticket.state === 'closed');
        const body = {
          ticket: ticketName(number),
          locale: ticket?.locale ?? 'en',
          open,
          stars: ticket?.rating ?? null,
        };
        return { status: 200, body };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/ticket-rating',
      summary: 'Answer the question behind a satisfaction link',
      access: 'public',
      body: z.object({
        token,
        stars,
        comment: z
          .string()
          .trim()
          .max(2_000)
          .regex(/^[^\0]*$/)
          .default(''),
      }),
      responses: { 204: null },
      problems: only('rating_link_invalid', 'ticket_not_solved', 'ticket_not_found'),
      async handle(_context, { body }) {
        const number = numberOf(body.token);
        const rating = { stars: body.stars, comment: body.comment === '' ? null : body.comment };
        await inTransaction(pool, (client) => rateTicket(parts, client, number, rating, programActor));
        return { status: 204, body: null };
      },
    }),
  ];
}
