import { useEffect, useMemo, useState } from 'react';
import { store, stored } from '../../storage.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Assignee } from '../desk/types.ts';
import { EventLines } from './event-lines.tsx';
import { ThreadMessage } from './thread-message.tsx';
import { piecesOf } from './timeline.ts';
import type { TicketPage } from './types.ts';

interface ThreadProps {
  readonly ticket: TicketPage;
  readonly viewerId: string;
  readonly assignees: readonly Assignee[];
  readonly onQuote: ((text: string) => void) | null;
  readonly onUndo: ((message: string) => Promise<unknown>) | null;
  /** Messages are being chosen for a ticket of their own; null: they are not. */
  readonly split: {
    readonly chosen: ReadonlySet<string>;
    readonly toggle: (id: string) => void;
    readonly onGo: () => void;
    readonly onCancel: () => void;
  } | null;
}

const storageName = 'lodge.desk-events';

/** The conversation of a ticket, and what happened in between. */
export function Thread({ ticket, viewerId, assignees, onQuote, onUndo, split }: ThreadProps) {
  const t = useTranslations('desk');
  const [showEvents, setShowEvents] = useState(() => stored(storageName) !== 'off');
  const { messages, events, earlier } = ticket;
  const pieces = useMemo(() => piecesOf(messages, showEvents ? events : []), [messages, events, showEvents]);
  useLinkedMessage();
  const choose = (on: boolean) => {
    store(storageName, on ? null : 'off');
    setShowEvents(on);
  };
  return (
    <section aria-labelledby="thread-title" className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="thread-title" className="text-[0.9375rem] font-semibold">
          {t('thread.title')}
        </h2>
        <Switch label={t('thread.showEvents')} checked={showEvents} onChange={choose} />
      </div>
      {split && (
        <div
          role="status"
          className="sticky top-(--sticky-top) z-10 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-card px-3 py-2 shadow-float"
        >
          <p className="grow">{t('split.choosing', { count: split.chosen.size })}</p>
          <SplitButtons split={split} count={messages.length} />
        </div>
      )}
      {earlier > 0 && (
        <p className="text-center text-[0.8125rem] text-soft">{t('ticket.earlier', { count: earlier })}</p>
      )}
      <ol className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
        {pieces.map((piece) =>
          piece.kind === 'message' ? (
            <li key={piece.message.id} className="min-w-0">
              <ThreadMessage
                ticket={ticket.id}
                message={piece.message}
                viewerId={viewerId}
                onQuote={onQuote}
                onUndo={onUndo}
                choosing={split}
              />
            </li>
          ) : (
            <li key={`events-${piece.events[0]?.id}`} className="min-w-0">
              <EventLines events={piece.events} assignees={assignees} />
            </li>
          ),
        )}
      </ol>
    </section>
  );
}

function SplitButtons({ split, count }: { readonly split: NonNullable<ThreadProps['split']>; readonly count: number }) {
  const t = useTranslations('desk.split');
  const ui = useTranslations('ui');
  const { chosen, onGo, onCancel } = split;
  return (
    <>
      <Button small variant="ghost" onClick={onCancel}>
        {ui('cancel')}
      </Button>
      <Button small variant="primary" disabled={chosen.size === 0 || chosen.size >= count} onClick={onGo}>
        {t('action')}
      </Button>
    </>
  );
}

/** A link to one message leads to it, once the thread is there. */
function useLinkedMessage(): void {
  useEffect(() => {
    const { hash } = window.location;
    if (!hash.startsWith('#message-')) return;
    const message = document.getElementById(hash.slice(1));
    message?.scrollIntoView({ block: 'center' });
    message?.focus({ preventScroll: true });
  }, []);
}
