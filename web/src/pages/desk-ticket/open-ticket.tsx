import { Keyboard, LockKeyhole, Pencil } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { TextLink, useGo, useQueryValue } from '../../navigation.tsx';
import { useSession, useStaffCan } from '../../session.tsx';
import { DueBadge, PriorityMark, StateBadge } from '../../tickets/marks.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useChangeTickets } from '../desk/bulk.ts';
import type { Change } from '../desk/change-ticket.ts';
import { useDeskKeys, useKeysSetting } from '../desk/desk-keys.ts';
import { neighbours, rememberedInbox } from '../desk/inbox-memory.ts';
import { KeysDialog } from '../desk/keys-dialog.tsx';
import { useUndoReply } from '../desk/undo-reply.ts';
import { ClocksCard } from './clocks-card.tsx';
import { Composer } from './composer.tsx';
import { CustomerCard, FailuresCard, KeysCard, OthersCard } from './customer-cards.tsx';
import { SplitDialog, SubjectDialog } from './join-dialogs.tsx';
import { FoundCard, LinksCard, PeopleCard, useDo } from './people-cards.tsx';
import { PropertiesCard } from './properties-card.tsx';
import { RequestsCard } from './requests-card.tsx';
import { Thread } from './thread.tsx';
import { TicketActions } from './ticket-actions.tsx';
import type { TicketPage } from './types.ts';
import { type ComposerMode, useDrafts } from './use-composer.ts';

interface OpenTicketProps {
  readonly ticket: TicketPage;
  readonly back: ReactNode;
}

/** Whoever looks at the calls of a customer leaves a line in the audit log: one look is one line. */
const besideStaleMs = 30 * 60_000;
const assigneesStaleMs = 5 * 60_000;

export function OpenTicket({ ticket, back }: OpenTicketProps) {
  const t = useTranslations('desk');
  const mayWrite = useStaffCan('tickets.write');
  const { account } = useSession();
  const { id: locale } = useLanguage();
  const mayRequests = useStaffCan('requests.read');
  const beside = useRead(
    '/admin/v1/tickets/{ticket}/requests',
    { params: { ticket: ticket.id }, query: { locale } },
    { enabled: mayRequests, staleMs: besideStaleMs },
  );
  const assignees = useRead('/admin/v1/ticket-assignees', {}, { staleMs: assigneesStaleMs }).data?.data ?? [];
  const work = useTicketWork(ticket, account.id, mayWrite);
  const { onChange, split } = work;
  const own = { ticket, mayWrite };
  return (
    <>
      <PageHeader
        title={ticket.subject}
        back={back}
        description={
          <Headline
            ticket={ticket}
            onRename={mayWrite && ticket.merged_into === null ? () => work.setRenaming(true) : null}
          />
        }
        actions={
          <>
            <TicketActions {...own} onChange={onChange} onSplit={split.begin} />
            <IconButton icon={Keyboard} label={t('keys.open')} onClick={() => work.setHelp(true)} />
          </>
        }
      />
      <Notices ticket={ticket} mayWrite={mayWrite} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-5">
          <Thread
            ticket={ticket}
            viewerId={account.id}
            assignees={assignees}
            onQuote={mayWrite ? work.quote : null}
            onUndo={mayWrite ? work.undo : null}
            split={split.view}
          />
          {!mayWrite ? (
            <p className="text-soft">{t('composer.mayNot')}</p>
          ) : (
            ticket.merged_into === null && (
              <Composer
                ticket={ticket}
                viewerId={account.id}
                mode={work.mode}
                onMode={work.setMode}
                drafts={work.drafts}
                field={work.field}
                onChange={onChange}
              />
            )
          )}
        </div>
        <aside
          id="ticket-facts"
          aria-label={t('ticket.facts')}
          className="grid scroll-mt-20 grid-cols-[minmax(0,1fr)] content-start gap-5"
        >
          <PropertiesCard {...own} assignees={assignees} viewerId={account.id} onChange={onChange} />
          <ClocksCard ticket={ticket} />
          <RequestsCard beside={mayRequests ? beside : null} />
          <CustomerCard ticket={ticket} beside={beside.data} />
          <KeysCard beside={beside.data} />
          <FailuresCard beside={beside.data} />
          <FoundCard ticket={ticket} />
          <PeopleCard {...own} />
          <LinksCard {...own} />
          <OthersCard ticket={ticket} />
        </aside>
      </div>
      <KeysDialog open={work.help} onClose={() => work.setHelp(false)} on={work.keysOn} onChange={work.setKeysOn} />
      <SubjectDialog
        ticket={ticket}
        open={work.renaming}
        onClose={() => work.setRenaming(false)}
        onSave={(subject) => onChange({ subject }, t('done.subject'))}
      />
      <SplitDialog
        ticket={ticket}
        open={split.naming}
        onClose={() => split.setNaming(false)}
        chosen={[...split.chosen]}
        onDone={split.end}
      />
    </>
  );
}

interface HeadlineProps {
  readonly ticket: TicketPage;
  readonly onRename: (() => void) | null;
}

function Headline({ ticket, onRename }: HeadlineProps) {
  const t = useTranslations('desk.ticket');
  const tSubject = useTranslations('desk.subject');
  const { id, state, priority, due_at, due_kind, breached, came_by, opened_at } = ticket;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="inline-flex items-center gap-1 font-mono text-[0.8125rem]">
        {id}
        {onRename && <IconButton small icon={Pencil} label={tSubject('edit')} onClick={onRename} />}
      </span>
      <StateBadge state={state} />
      <PriorityMark priority={priority} />
      {due_at !== null && due_kind !== null && <DueBadge at={due_at} kind={due_kind} breached={breached} focusable />}
      <span>
        {t(`cameBy.${came_by}`)}, {t.rich('opened', { time: () => <Time at={opened_at} show="relative" focusable /> })}
      </span>
    </span>
  );
}

/** What one has to know before anything else. */
function Notices({ ticket, mayWrite }: { readonly ticket: TicketPage; readonly mayWrite: boolean }) {
  const t = useTranslations('desk');
  const run = useDo();
  const { id, queue, merged_into: into, snoozed_until: until, rating } = ticket;
  if (queue !== 'vulnerability' && into === null && until === null && rating === null) return null;
  const wake = () => api.post('/admin/v1/tickets/{ticket}/snooze', { params: { ticket: id }, body: { until: null } });
  return (
    <div className="mb-5 grid gap-3">
      {queue === 'vulnerability' && (
        <p className="flex items-center gap-2 rounded-xl bg-danger-wash px-3.5 py-2.5">
          <LockKeyhole aria-hidden="true" className="size-4 shrink-0 text-danger" />
          {t('ticket.restricted')}
        </p>
      )}
      {into !== null && (
        <Banner>
          {t.rich('ticket.merged', {
            link: () => (
              <TextLink to="/desk/$ticket" params={{ ticket: into }} className="font-mono">
                {into}
              </TextLink>
            ),
          })}
        </Banner>
      )}
      {until !== null && (
        <Banner
          actions={
            mayWrite && (
              <Button small onClick={() => void run(wake, t('done.woken', { id }))}>
                {t('ticket.wake')}
              </Button>
            )
          }
        >
          {t.rich('ticket.snoozed', { time: () => <Time at={until} focusable /> })}
        </Banner>
      )}
      {rating !== null && (
        <Banner tone={rating.stars >= 4 ? 'success' : 'warn'} title={t('ticket.rated', { stars: rating.stars })}>
          {rating.comment !== null && <p className="wrap-anywhere whitespace-pre-wrap">{rating.comment}</p>}
        </Banner>
      )}
    </div>
  );
}

/** Changes, texts, keys: what is done on the page. */
function useTicketWork(ticket: TicketPage, viewerId: string, mayWrite: boolean) {
  const t = useTranslations('desk');
  const go = useGo();
  const changeTickets = useChangeTickets();
  const undoReply = useUndoReply();
  const drafts = useDrafts(ticket.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<ComposerMode>('reply');
  const [help, setHelp] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const [keysOn, setKeysOn] = useKeysSetting();
  const split = useSplit();
  const { id } = ticket;
  const onChange = (change: Change, said: string) => changeTickets([ticket], change, said);
  const write = (next: ComposerMode) => {
    setMode(next);
    // The field of the other text is there after the next frame.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.scrollIntoView({ block: 'center' });
    });
  };
  const asked = useQueryValue('write');
  useEffect(() => {
    if (asked === 'reply') requestAnimationFrame(() => field.current?.focus());
  }, [asked]);
  useReadMark(ticket, mayWrite);
  const beside = neighbours(rememberedInbox().ids, id);
  const step = (to: string | null | undefined) => () => {
    if (to) void go({ to: '/desk/$ticket', params: { ticket: to } });
  };
  const writes = (work: () => void) => () => {
    if (mayWrite && ticket.merged_into === null) work();
  };
  useDeskKeys(
    {
      r: writes(() => write('reply')),
      n: writes(() => write('note')),
      e: writes(() => void onChange({ state: 'solved' }, t('done.solved', { id }))),
      a: writes(() => void onChange({ assignee: viewerId }, t('done.assigned', { id, name: t('list.mine') }))),
      j: step(beside?.next),
      k: step(beside?.previous),
      u: () => void go({ to: '/desk', search: rememberedInbox().search }),
      '?': () => setHelp(true),
    },
    keysOn,
  );
  return {
    onChange,
    drafts,
    field,
    mode,
    setMode,
    help,
    setHelp,
    renaming,
    setRenaming,
    keysOn,
    setKeysOn,
    split,
    quote: (text: string) => {
      const quoted = text.trim().replaceAll(/^/gm, '> ');
      const { reply } = drafts;
      reply.set(reply.text.trim() === '' ? `${quoted}\n\n` : `${reply.text.trimEnd()}\n\n${quoted}\n\n`);
      write('reply');
    },
    undo: async (message: string) => {
      const text = await undoReply(id, message);
      if (text === null) return;
      drafts.reply.set(text);
      write('reply');
    },
  };
}

/** Which messages are to be a ticket of their own. */
function useSplit() {
  const [choosing, setChoosing] = useState(false);
  const [naming, setNaming] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const end = () => {
    setChoosing(false);
    setNaming(false);
    setChosen(new Set());
  };
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return {
    chosen,
    naming,
    setNaming,
    end,
    begin: () => setChoosing(true),
    view: choosing ? { chosen, toggle, onGo: () => setNaming(true), onCancel: end } : null,
  };
}

/** Whoever may answer a ticket and has opened it has read it. */
function useReadMark({ id, unread, last_message_at }: TicketPage, mayWrite: boolean): void {
  const marked = useRef('');
  useEffect(() => {
    const name = `${id} ${last_message_at}`;
    // Once for each message: one that is marked as not read by hand stays so.
    if (!mayWrite || !unread || marked.current === name) return;
    marked.current = name;
    void api
      .patch('/admin/v1/tickets/{ticket}', { params: { ticket: id }, body: { unread: false } })
      .catch(() => undefined);
  }, [id, unread, last_message_at, mayWrite]);
}
