import { z } from 'zod';
import { localeShape, priorityShape, queueShape, stateShape, text } from '../shapes.ts';
import type { Ticket } from '../store/index.ts';
import { ticketName } from '../store/index.ts';

/** What a macro writes, by language, and what using it also does. */
export const macroFields = {
  name: text(100),
  texts: z
    .partialRecord(localeShape, text(20_000))
    .refine((texts) => Object.keys(texts).length > 0, 'needs a text in at least one language'),
  actions: z
    .strictObject({
      state: stateShape.optional(),
      queue: queueShape.optional(),
      priority: priorityShape.optional(),
      add_tags: z.array(text(40)).max(20).optional(),
    })
    .default({}),
};

export type MacroTexts = Readonly<Partial<Record<'en' | 'zh', string>>>;

/** Names that may stand in braces. What is not among them stays as it was written. */
export const macroVariables = [
  'ticket',
  'subject',
  'customer_name',
  'customer_address',
  'organization',
  'plan',
  'agent_name',
  'site_name',
  'request_id',
] as const;

export interface MacroFacts {
  readonly ticket: Ticket;
  readonly organization: string;
  readonly agentName: string;
  readonly siteName: string;
  /** The first that was read out of the ticket. */
  readonly requestId: string;
}

/** Pure: a macro in the language of the ticket, or the one that it has. A fact that is missing leaves its place empty. */
export function renderMacro(texts: MacroTexts, facts: MacroFacts): string {
  const { ticket } = facts;
  const written = texts[ticket.locale] ?? texts.en ?? texts.zh ?? '';
  const values: Readonly<Record<(typeof macroVariables)[number], string>> = {
    ticket: ticketName(ticket.number),
    subject: ticket.subject,
    customer_name: ticket.requester.name || (ticket.requester.address.split('@', 1)[0] ?? ''),
    customer_address: ticket.requester.address,
    organization: facts.organization,
    plan: { starter: 'Starter', pro: 'Pro', enterprise: 'Enterprise' }[ticket.target.plan],
    agent_name: facts.agentName,
    site_name: facts.siteName,
    request_id: facts.requestId,
  };
  return written.replaceAll(/\{\s*(\w{1,40})\s*\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? values[name as keyof typeof values] : whole,
  );
}
