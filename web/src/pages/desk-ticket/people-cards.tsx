import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useMessages } from 'use-intl';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Link } from '../../navigation.tsx';
import { StateBadge } from '../../tickets/marks.tsx';
import { Card } from '../../ui/card.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { useTicketsChanged } from '../desk/change-ticket.ts';
import type { TicketPage } from './types.ts';

interface TicketProps {
  readonly ticket: TicketPage;
  readonly mayWrite: boolean;
}

/** Does something to a ticket and reads it again; a failure is said in passing. */
export function useDo(): (work: () => Promise<unknown>, said: string, undo?: () => Promise<unknown>) => Promise<void> {
  const words = useProblemWords();
  const changed = useTicketsChanged();
  const run = async (work: () => Promise<unknown>, said: string | null, undo?: () => Promise<unknown>) => {
    try {
      await work();
      await changed();
      if (said !== null) toast({ text: said, ...(undo ? { undo: () => void run(undo, null) } : {}) });
    } catch (error) {
      toast({ tone: 'danger', text: words(asProblem(error)) });
    }
  };
  return run;
}

/** Who takes part, and who is told. */
export function PeopleCard({ ticket, mayWrite }: TicketProps) {
  const t = useTranslations('desk.side');
  const run = useDo();
  const [text, setText] = useState('');
  const params = { ticket: ticket.id };
  const frozen = !mayWrite || ticket.merged_into !== null;
  const add = (address: string, name = '') =>
    api.post('/admin/v1/tickets/{ticket}/participants', { params, body: { address, name } });
  const remove = (address: string) =>
    api.delete('/admin/v1/tickets/{ticket}/participants/{address}', { params: { ...params, address } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const address = text.trim();
    if (address === '') return;
    setText('');
    void run(
      () => add(address),
      t('added', { address }),
      () => remove(address),
    );
  };
  return (
    <Card title={t('people')}>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {ticket.participants.map(({ address, name, role }) => (
          <li key={`${role} ${address}`} className="flex items-center gap-2">
            <div className="min-w-0 grow">
              <p className="truncate">{name || address}</p>
              <p className="text-xs break-all text-soft">
                {t(`roles.${role}`)}
                {name !== '' && ` · ${address}`}
              </p>
            </div>
            {!frozen && role === 'cc' && (
              <IconButton
                small
                icon={X}
                label={t('removePerson', { address })}
                onClick={() =>
                  void run(
                    () => remove(address),
                    t('removed', { address }),
                    () => add(address, name),
                  )
                }
              />
            )}
          </li>
        ))}
      </ul>
      {!frozen && (
        <form onSubmit={submit} className="mt-3">
          <TextInput
            type="email"
            aria-label={`${t('addPerson')}: ${t('addPersonField')}`}
            placeholder={t('addPerson')}
            value={text}
            maxLength={254}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            suffix={<IconButton small icon={Plus} type="submit" label={t('addPerson')} />}
          />
        </form>
      )}
    </Card>
  );
}

/** Tickets that have to do with this one. */
export function LinksCard({ ticket, mayWrite }: TicketProps) {
  const t = useTranslations('desk');
  const run = useDo();
  const { id, links, merged } = ticket;
  if (links.length === 0 && merged.length === 0) return null;
  const remove = (other: string) =>
    api.delete('/admin/v1/tickets/{ticket}/links/{other}', { params: { ticket: id, other } });
  const again = (other: string, kind: (typeof links)[number]['kind']) =>
    api.post('/admin/v1/tickets/{ticket}/links', {
      params: { ticket: id },
      body: { ticket: other, kind: kind === 'split' ? 'related' : kind },
    });
  return (
    <Card title={t('side.links')}>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {links.map((link) => (
          <li key={link.id} className="flex items-start gap-2">
            <div className="min-w-0 grow">
              <Link
                to="/desk/$ticket"
                params={{ ticket: link.id }}
                className="block truncate font-medium hover:underline"
              >
                {link.subject}
              </Link>
              <p className="flex flex-wrap items-center gap-2 text-xs text-soft">
                <span className="font-mono">{link.id}</span>
                {t(`link.kinds.${link.kind}`)}
                <StateBadge state={link.state} />
              </p>
            </div>
            {mayWrite && (
              <IconButton
                small
                icon={X}
                label={t('link.remove', { id: link.id })}
                onClick={() =>
                  void run(
                    () => remove(link.id),
                    t('link.removed'),
                    () => again(link.id, link.kind),
                  )
                }
              />
            )}
          </li>
        ))}
      </ul>
      {merged.length > 0 && (
        <p className="mt-2 text-[0.8125rem] text-soft">
          {t.rich('ticket.tookOver', {
            links: () =>
              merged.map((other, index) => (
                <span key={other}>
                  {index > 0 && ', '}
                  <Link to="/desk/$ticket" params={{ ticket: other }} className="link font-mono">
                    {other}
                  </Link>
                </span>
              )),
          })}
        </p>
      )}
    </Card>
  );
}

const shownKinds: ReadonlySet<string> = new Set([
  'order',
  'status',
  'error_code',
  'tool',
  'model',
  'time',
  'impact',
  'secret',
]);

/** What else was read out of the texts. */
export function FoundCard({ ticket }: { readonly ticket: TicketPage }) {
  const t = useTranslations('desk.side');
  const { desk } = useMessages();
  const kinds: Readonly<Record<string, string>> = desk.side.kinds;
  const facts = ticket.facts.filter(({ kind }) => shownKinds.has(kind));
  if (facts.length === 0) return null;
  return (
    <Card title={t('found')}>
      <dl className="grid gap-1.5 text-[0.8125rem]">
        {facts.map(({ kind, value }) => (
          <div key={`${kind} ${value}`} className="flex items-baseline justify-between gap-3">
            <dt className="shrink-0 text-soft">{kinds[kind] ?? kind}</dt>
            <dd className="min-w-0 text-right break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
