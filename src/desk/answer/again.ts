import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '../../base/errors.ts';
import { readReport } from '../reading/index.ts';
import { appendEvent, type EventActor, readFacts, readMessages, type Ticket } from '../store/index.ts';
import { mailThread } from '../writing/index.ts';
import { type AnsweringOptions, answerFactsOf, sendAnswer } from './answer-mail.ts';
import { type AskedRequest, lookUpAsked } from './asked.ts';
import { type ComposedAnswer, composeAnswer } from './compose.ts';
import { readWriterOf } from './writer.ts';

/** An answer made anew from what stands on a ticket now. */
export interface AnswerPreview extends ComposedAnswer {
  readonly to: string;
  /** What may be told to the one who began the ticket. */
  readonly asked: readonly AskedRequest[];
}

const mostIds = 20;

/**
 * Composes the answer of a ticket again, by the records as they are now and for the one who began it: nothing is told
 * that the first answer would not have told.
 */
export async function composeAgain(
  client: pg.ClientBase | pg.Pool,
  ticket: Ticket,
  options: Pick<AnsweringOptions, 'clock' | 'url' | 'retentionDays' | 'site' | 'errorCodes' | 'models'>,
): Promise<AnswerPreview> {
  const messages = await readMessages(client, ticket.number, { limit: 50 });
  const text = messages.filter(({ kind }) => kind === 'in').map(({ body }) => body);
  const facts = await readFacts(client, ticket.number);
  const ids = facts.filter(({ kind }) => kind === 'request').map(({ value }) => value);
  const { site, errorCodes } = options;
  const reading = { site, errorCodes, models: options.models(), receivedAtMs: ticket.openedAtMs };
  const report = readReport({ subject: ticket.subject, text: text.join('\n\n') }, reading);
  const writer = await readWriterOf(client, {
    verified: ticket.verified,
    from: ticket.requester.address,
    replyTo: null,
    automatic: false,
    ticketAccountId: ticket.accountId,
  });
  const asked = await lookUpAsked(client, ids.slice(0, mostIds), writer, ticket.organizationId);
  const findings = facts.filter(({ kind }) => kind === 'secret');
  const heldSecrets = findings.length > 0;
  const answer = answerFactsOf({ ticket, heldSecrets, report, writer, asked }, options);
  const kind = ticket.queue === 'vulnerability' ? 'vulnerability' : answer.kind;
  return { ...composeAnswer({ ...answer, kind }), to: writer.from, asked };
}

/**
 * Sends it, by the hand of staff: clocks run on, because it is still the program that answers.
 *
 * @returns id of the message
 * @throws AppError `answer_not_possible`
 */
export async function sendAgain(
  client: pg.PoolClient,
  ticket: Ticket,
  preview: AnswerPreview,
  { actor, options }: { readonly actor: EventActor; readonly options: Pick<AnsweringOptions, 'clock' | 'queueLetter'> },
): Promise<string> {
  if (!ticket.verified)
    throw new AppError(
      'answer_not_possible',
      'The first mail was not proven to be from its address, so nothing is answered automatically. Write a reply instead.',
    );
  const { inReplyTo, references } = await mailThread(client, ticket);
  const dedupeKey = `ticket:${ticket.number}:again:${randomBytes(9).toString('base64url')}`;
  const requests = preview.asked.flatMap(({ id, telling }) => (telling.tell ? [id] : []));
  const data = { answer: 'again', requests, allowed: true };
  await appendEvent(client, ticket.number, { kind: 'automatic_answer', actor, data });
  if (requests.length > 0 && ticket.queue !== 'vulnerability') {
    const told = { requests: requests.map((id) => ({ id })) };
    await appendEvent(client, ticket.number, { kind: 'facts_told', actor, data: told });
  }
  return sendAnswer(client, ticket, preview, {
    to: preview.to,
    accountId: ticket.accountId,
    inReplyTo,
    references,
    dedupeKey,
    nowMs: options.clock.now(),
    queueLetter: options.queueLetter,
  });
}
