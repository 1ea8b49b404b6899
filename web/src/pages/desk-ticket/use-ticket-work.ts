import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { useGo, useQueryValue } from '../../navigation.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useChangeTickets } from '../desk/bulk.ts';
import type { Change } from '../desk/change-ticket.ts';
import { useDeskKeys, useKeysSetting } from '../desk/desk-keys.ts';
import { neighbours, rememberedInbox } from '../desk/inbox-memory.ts';
import { useUndoReply } from '../desk/undo-reply.ts';
import type { TicketPage } from './types.ts';
import { type ComposerMode, useDrafts } from './use-composer.ts';

/** Changes, texts, keys: what is done on the page. */
export function useTicketWork(ticket: TicketPage, viewerId: string, mayWrite: boolean) {
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
  const add = (text: string) => {
    const { reply } = drafts;
    reply.set(reply.text.trim() === '' ? text : `${reply.text.trimEnd()}\n\n${text}`);
    write('reply');
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
    quote: (text: string) => add(`${text.trim().replaceAll(/^/gm, '> ')}\n\n`),
    use: (text: string) => add(text),
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
