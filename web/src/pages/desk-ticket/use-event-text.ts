import { useMessages } from 'use-intl';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { Assignee } from '../desk/types.ts';
import type { TicketEvent } from './types.ts';

/** What happened, as a sentence. Kinds that this console does not know yet are named as they are. */
export function useEventText(assignees: readonly Assignee[]): (event: TicketEvent) => string {
  const t = useTranslations('desk.events');
  const { desk, tickets } = useMessages();
  const { time } = useFormats();
  const known: Readonly<Record<string, string>> = desk.events;
  const queues: Readonly<Record<string, string>> = tickets.queues;
  const priorities: Readonly<Record<string, string>> = tickets.priorities;
  const nameOf = (id: string) => assignees.find((one) => one.id === id)?.name || id;
  return ({ kind, actor, data }) => {
    const by = actor.name || t(actor.id === null ? 'program' : 'customer');
    const from = textOf(data['from']);
    const to = textOf(data['to']);
    const values = {
      kind,
      actor: by,
      from,
      to,
      into: textOf(data['into']),
      ticket: textOf(data['ticket']) || to || textOf(data['into']),
      until: timeOf(data['until'], time),
      who: textOf(data['added']) || textOf(data['removed']),
      queue: queues[textOf(data['queue'])] ?? textOf(data['queue']),
      rule: textOf(data['rule_name']),
      prefix: textOf(data['prefix']),
      address: textOf(data['recipient']),
      stars: textOf(data['stars']),
    };
    if (!Object.hasOwn(known, kind)) return t('unknown', values);
    switch (kind) {
      case 'queue_changed':
        return t(kind, { ...values, from: queues[from] ?? from, to: queues[to] ?? to });
      case 'priority_changed':
        return t(kind, { ...values, from: priorities[from] ?? from, to: priorities[to] ?? to });
      case 'assigned':
        return to === '' ? t('unassigned', values) : t(kind, { ...values, to: nameOf(to) });
      case 'tags_changed':
        return t(kind, { ...values, to: to || t('noTags') });
      case 'routed':
        return t(values.rule === '' ? 'routed' : 'routedBy', values);
      default:
        return t(kind as 'opened', values);
    }
  };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ');
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function timeOf(value: unknown, write: (at: Date) => string): string {
  const at = new Date(typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(at.getTime()) ? '' : write(at);
}
