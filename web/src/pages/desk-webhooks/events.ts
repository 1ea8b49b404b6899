import type { Answer } from '../../api/client.ts';

export type Webhook = Answer<'/admin/v1/desk-webhooks'>['data'][number];
export type WebhookEvent = Webhook['events'][number];

/** In the order of a ticket's life. */
export const webhookEvents = [
  'ticket.opened',
  'ticket.message',
  'ticket.reopened',
  'ticket.replied',
  'ticket.assigned',
  'ticket.solved',
  'ticket.closed',
  'ticket.bounced',
  'ticket.target_half',
  'ticket.target_most',
  'ticket.target_missed',
  'ticket.rated',
] as const satisfies readonly WebhookEvent[];

type EventWord<Event> = Event extends `ticket.${infer Name}` ? Name : never;

/** `ticket.opened` → opened: a dot would be a path in the words. */
export function eventWord(event: WebhookEvent): EventWord<WebhookEvent> {
  return event.slice('ticket.'.length) as EventWord<WebhookEvent>;
}
