import { useEffect, useMemo, useState } from 'react';
import { api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { type Draft, useDraft } from '../../tickets/draft.ts';
import { secretsIn } from '../../tickets/secrets-in.ts';
import type { TicketState } from '../../tickets/states.ts';
import { useUploads } from '../../tickets/use-uploads.ts';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useTicketsChanged } from '../desk/change-ticket.ts';
import { useUndoReply } from '../desk/undo-reply.ts';
import { comeSince } from './timeline.ts';
import type { TicketPage } from './types.ts';
import { deskUploads } from './uploads.ts';

export type ComposerMode = 'reply' | 'note';

/** As long as a reply waits before it leaves. */
const undoMs = 15_000;

interface Composing {
  readonly draft: Draft;
  /** Where a reply that was taken back goes on. */
  readonly replyDraft: Draft;
}

/** What is being written on a ticket, what stands in its way, and how it is sent. */
export function useComposer(ticket: TicketPage, mode: ComposerMode, viewerId: string, drafts: Composing) {
  const t = useTranslations('desk.composer');
  const { draft, replyDraft } = drafts;
  const changed = useTicketsChanged();
  const undoReply = useUndoReply();
  const uploads = useUploads(deskUploads);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [cc, setCc] = useState<readonly string[] | null>(null);
  const { id, messages, participants } = ticket;
  const found = useMemo(() => secretsIn(draft.text), [draft.text]);
  const isWriting = draft.text.trim() !== '';
  const { come, acknowledge } = useCome(messages, viewerId, isWriting);
  const ownCc = useMemo(
    () => participants.filter(({ role }) => role === 'cc').map(({ address }) => address),
    [participants],
  );

  const done = async () => {
    draft.clear();
    uploads.clear();
    setCc(null);
    await changed();
  };
  const note = async () => {
    const body = { text: draft.text.trim(), uploads: [...uploads.ids] };
    const { mentioned, redacted } = await api.post('/admin/v1/tickets/{ticket}/notes', {
      params: { ticket: id },
      body,
    });
    await done();
    const told = mentioned.length === 0 ? '' : ` ${t('mentioned', { names: mentioned.join(', ') })}`;
    toast({ text: t('noteAdded') + told });
    if (redacted.length > 0) toast({ text: t('redacted', { count: redacted.length }) });
  };
  const reply = async (state: TicketState) => {
    const body = {
      text: draft.text.trim(),
      state,
      uploads: [...uploads.ids],
      version: ticket.version,
      ...(cc === null ? {} : { cc: [...cc] }),
    };
    const send = (version: number) =>
      api.post('/admin/v1/tickets/{ticket}/reply', { params: { ticket: id }, body: { ...body, version } });
    const sent = await send(ticket.version).catch(async (error: unknown) => {
      if (asProblem(error).code !== 'ticket_changed') throw error;
      // What nobody has written into, but only sorted anew, is answered all the same.
      const now = await api.get('/admin/v1/tickets/{ticket}', { params: { ticket: id } });
      const known = new Set(messages.map((message) => message.id));
      if (comeSince(now.messages, known, viewerId).length > 0) throw error;
      return send(now.version);
    });
    const { message, redacted, left_out: leftOut } = sent;
    const takeBack = async () => {
      const text = await undoReply(id, message);
      if (text === null) return;
      replyDraft.set(text);
      toast({ text: t('undone') });
    };
    await done();
    toast({
      text: t(state === 'solved' ? 'sentSolved' : 'sent', { id }),
      undo: () => void takeBack(),
      lastsMs: undoMs - 1_000,
    });
    if (leftOut.length > 0) toast({ tone: 'danger', text: t('leftOut', { addresses: leftOut.join(', ') }) });
    if (redacted.length > 0) toast({ text: t('redacted', { count: redacted.length }) });
  };
  const submit = async (state: TicketState) => {
    if (busy || !isWriting || uploads.isBusy || uploads.hasFailed || (mode === 'reply' && come.length > 0)) return;
    setBusy(true);
    setProblem(null);
    try {
      await (mode === 'note' ? note() : reply(state));
    } catch (error) {
      const known = asProblem(error);
      setProblem(known);
      if (known.code === 'ticket_changed') await changed();
    }
    setBusy(false);
  };
  return {
    uploads,
    busy,
    problem,
    found,
    isWriting,
    come: mode === 'reply' ? come : [],
    acknowledge: () => {
      acknowledge();
      setProblem(null);
    },
    cc: cc ?? ownCc,
    setCc,
    submit,
  };
}

/** Messages that came while something is being written; what came before that has been seen. */
function useCome(messages: TicketPage['messages'], viewerId: string, isWriting: boolean) {
  const ids = useMemo(() => new Set(messages.map(({ id }) => id)), [messages]);
  const [seen, setSeen] = useState<ReadonlySet<string>>(ids);
  useEffect(() => {
    if (!isWriting) setSeen(ids);
  }, [isWriting, ids]);
  const come = isWriting ? comeSince(messages, seen, viewerId) : [];
  return { come, acknowledge: () => setSeen(ids) };
}

/** Both texts of a ticket: a note that was begun does not become a reply. */
export function useDrafts(ticket: string): Readonly<Record<ComposerMode, Draft>> {
  const reply = useDraft(`${ticket}.reply`);
  const note = useDraft(`${ticket}.note`);
  return { reply, note };
}
