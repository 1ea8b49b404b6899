import { Keyboard, SquarePen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useRead } from '../../api/queries.ts';
import { useFilters, useGo } from '../../navigation.tsx';
import { useSession, useStaffCan } from '../../session.tsx';
import { ticketQueues } from '../../tickets/states.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useHeld } from '../requests/held.ts';
import { useChangeTickets } from './bulk.ts';
import { BulkBar } from './bulk-bar.tsx';
import type { Change } from './change-ticket.ts';
import { moveFocus, useDeskKeys, useKeysSetting } from './desk-keys.ts';
import { InboxFilters } from './inbox-filters.tsx';
import { rememberInbox } from './inbox-memory.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { NewTicketDialog } from './new-ticket.tsx';
import { filterNames, viewOf } from './question.ts';
import { TicketList } from './ticket-list.tsx';
import type { Ticket } from './types.ts';
import { useInbox } from './use-inbox.ts';
import { ViewSelect, ViewsNav } from './views-nav.tsx';

const countsMs = 10_000;
const noTickets: ReadonlySet<string> = new Set();
const stable = 5 * 60_000;

/** The inbox of the desk. */
export function Page() {
  const t = useTranslations('desk');
  const tShell = useTranslations('shell.pages');
  const mayWrite = useStaffCan('tickets.write');
  const { account } = useSession();
  const filters = useFilters(filterNames);
  const { values } = filters;
  const place = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const held = useHeld(place, top);
  const inbox = useInbox(values, held);
  const counts = useRead('/admin/v1/tickets/counts', {}, { everyMs: countsMs }).data;
  const assignees = useRead('/admin/v1/ticket-assignees', {}, { staleMs: stable }).data?.data ?? [];
  const [making, setMaking] = useState(false);
  const view = viewOf(values);
  const queue = oneOf(ticketQueues, values.queue);
  const searching = values.q !== undefined;
  const name = JSON.stringify(values);
  const { rows } = inbox;
  useEffect(() => {
    if (rows) rememberInbox({ search: JSON.parse(name) as typeof values, ids: rows.map(({ id }) => id) });
  }, [rows, name]);
  const work = useWork({ inbox, name, viewerId: account.id, mayWrite, place });
  const views = { view, queue, counts, searching };
  const narrowed = Object.keys(values).some((filter) => filter !== 'view' && filter !== 'queue');
  return (
    <>
      <PageHeader
        title={tShell('desk')}
        description={t('description')}
        actions={
          <>
            <IconButton icon={Keyboard} label={t('keys.open')} onClick={() => work.setHelp(true)} />
            {mayWrite && (
              <Button variant="primary" icon={SquarePen} onClick={() => setMaking(true)}>
                {t('new')}
              </Button>
            )}
          </>
        }
      />
      <div className="grid gap-x-6 lg:grid-cols-[11.5rem_minmax(0,1fr)]">
        <ViewsNav {...views} />
        <div className="min-w-0">
          <div className="mb-2 lg:hidden">
            <ViewSelect
              {...views}
              onChoose={(chosen) => filters.set({ ...clearedBy(values), view: chosen.view, queue: chosen.queue })}
            />
          </div>
          <InboxFilters filters={filters} assignees={assignees} />
          {work.chosen.length > 0 && (
            <BulkBar
              count={work.chosen.length}
              viewerId={account.id}
              assignees={assignees}
              onChange={work.change}
              onClear={() => work.setSelected(noTickets)}
            />
          )}
          <div ref={top} />
          <TicketList
            inbox={inbox}
            viewerId={account.id}
            mayWrite={mayWrite}
            selected={work.selected}
            onSelect={work.select}
            onSelectAll={(on) => work.setSelected(on ? new Set(rows?.map(({ id }) => id)) : noTickets)}
            isWhole={view === 'inbox' && queue === undefined && !narrowed}
            showState={searching || view === 'all' || view === 'mine' || queue !== undefined}
            onClear={narrowed ? () => filters.set(clearedBy(values)) : null}
            listRef={place}
          />
        </div>
      </div>
      <KeysDialog open={work.help} onClose={() => work.setHelp(false)} on={work.keysOn} onChange={work.setKeysOn} />
      <NewTicketDialog open={making} onClose={() => setMaking(false)} />
    </>
  );
}

/** What narrows a view, taken away; the view stays. */
function clearedBy(values: Readonly<Record<string, string | undefined>>) {
  const narrowing = Object.keys(values).filter((name) => name !== 'view' && name !== 'queue');
  return Object.fromEntries(narrowing.map((name) => [name, undefined]));
}

interface WorkOptions {
  readonly inbox: ReturnType<typeof useInbox>;
  /** Of the question: another one has nothing selected. */
  readonly name: string;
  readonly viewerId: string;
  readonly mayWrite: boolean;
  readonly place: { readonly current: HTMLDivElement | null };
}

/** Selection, keys, and what is done with them. */
function useWork({ inbox, name, viewerId, mayWrite, place }: WorkOptions) {
  const t = useTranslations('desk.done');
  const tList = useTranslations('desk.list');
  const go = useGo();
  const changeTickets = useChangeTickets();
  const [help, setHelp] = useState(false);
  const [keysOn, setKeysOn] = useKeysSetting();
  const [chosenOf, setChosenOf] = useState({ name, ids: noTickets });
  const selected = chosenOf.name === name ? chosenOf.ids : noTickets;
  const setSelected = (ids: ReadonlySet<string>) => setChosenOf({ name, ids });
  const select = (id: string, on: boolean) => {
    const next = new Set(selected);
    if (on) next.add(id);
    else next.delete(id);
    setSelected(next);
  };
  const chosen = inbox.rows?.filter(({ id }) => selected.has(id)) ?? [];
  const active = useRef<string | null>(null);
  const apply = async (tickets: readonly Ticket[], change: Change, said?: string) => {
    const well = await changeTickets(tickets, change, said);
    inbox.refresh();
    if (well) setSelected(noTickets);
    return well;
  };
  /** What a key is about: the selected ones, else the one that has the focus. */
  const meant = (): readonly Ticket[] => {
    if (chosen.length > 0) return chosen;
    const focused = document.activeElement?.closest('li')?.querySelector<HTMLElement>('[data-row-link]');
    const id = focused?.dataset['rowLink'] ?? active.current;
    return inbox.rows?.filter((row) => row.id === id) ?? [];
  };
  const withMeant = (change: Change, said: (id: string) => string) => () => {
    const tickets = meant();
    if (!mayWrite || tickets.length === 0) return;
    void apply(tickets, change, tickets.length === 1 ? said(tickets[0]?.id ?? '') : undefined);
  };
  const move = (step: 1 | -1) => () => {
    active.current = moveFocus(place.current, step, active.current);
  };
  useDeskKeys(
    {
      j: move(1),
      k: move(-1),
      x: () => {
        const [one] = meant();
        if (mayWrite && one && chosen.length === 0) return select(one.id, true);
        const id = document.activeElement?.closest('li')?.querySelector<HTMLElement>('[data-row-link]')?.dataset[
          'rowLink'
        ];
        if (mayWrite && id !== undefined) select(id, !selected.has(id));
      },
      e: withMeant({ state: 'solved' }, (id) => t('solved', { id })),
      a: withMeant({ assignee: viewerId }, (id) => t('assigned', { id, name: tList('mine') })),
      r: () => {
        const [one] = meant();
        if (one) void go({ to: '/desk/$ticket', params: { ticket: one.id }, search: { write: 'reply' } });
      },
      '/': () => document.querySelector<HTMLElement>('search input[type="search"]')?.focus(),
      '?': () => setHelp(true),
    },
    keysOn,
  );
  return {
    selected,
    setSelected,
    select,
    chosen,
    change: (change: Change) => apply(chosen, change),
    help,
    setHelp,
    keysOn,
    setKeysOn,
  };
}
