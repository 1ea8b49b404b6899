import { createHmac, timingSafeEqual } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { redactText } from '../redaction/index.ts';
import type { DeskParts } from './parts.ts';
import { appendEvent, type EventActor, lockTicket, type Ticket } from './store/index.ts';

const macBytes = 15;

/** What stands in a satisfaction link: `1001.<mac>`. It opens one question about one ticket, and nothing else. */
export function ratingToken(linkKey: Buffer, number: bigint): string {
  const mac = createHmac('sha256', linkKey).update(`rating\n${number}`).digest().subarray(0, macBytes);
  return `${number}.${mac.toString('base64url')}`;
}

/** The ticket of such a link; null when nobody of ours made it. */
export function readRatingToken(linkKey: Buffer, token: string): bigint | null {
  const digits = /^([1-9]\d{0,14})\.[\w-]{20}$/.exec(token)?.[1];
  if (digits === undefined) return null;
  const number = BigInt(digits);
  const [wanted, given] = [Buffer.from(ratingToken(linkKey, number)), Buffer.from(token)];
  return wanted.length === given.length && timingSafeEqual(wanted, given) ? number : null;
}

/**
 * Keeps how a customer was served; a second answer takes the place of the first.
 *
 * @throws AppError `ticket_not_solved`
 */
export async function rateTicket(
  { redaction, clock, tell }: DeskParts,
  client: pg.ClientBase,
  number: bigint,
  { stars, comment }: { readonly stars: number; readonly comment: string | null },
  actor: EventActor,
): Promise<Ticket> {
  const ticket = await lockTicket(client, number);
  if (ticket.state !== 'solved' && ticket.state !== 'closed') {
    throw new AppError('ticket_not_solved', 'A ticket can be rated once it is solved.');
  }
  const words = comment === null ? null : redactText(comment, redaction).text;
  const nowMs = clock.now();
  await client.query('update tickets set rating = $2, rating_comment = $3, rated_at = $4 where number = $1', [
    number,
    stars,
    words,
    new Date(nowMs),
  ]);
  await appendEvent(client, number, { kind: 'rated', actor, data: { stars }, atMs: nowMs });
  await tell(client, { kind: 'rated', ticket });
  return lockTicket(client, number);
}
