import { ArrowUp, Inbox as InboxIcon, SearchX } from 'lucide-react';
import type { Ref } from 'react';
import { Link } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { TicketRow, TicketRowSkeleton } from './ticket-row.tsx';
import type { Inbox } from './use-inbox.ts';

interface TicketListProps {
  readonly inbox: Inbox;
  readonly viewerId: string;
  readonly mayWrite: boolean;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (id: string, selected: boolean) => void;
  readonly onSelectAll: (selected: boolean) => void;
  /** Of the whole inbox: nothing is filtered and no other view is chosen. */
  readonly isWhole: boolean;
  readonly showState: boolean;
  readonly onClear: (() => void) | null;
  readonly listRef: Ref<HTMLDivElement>;
}

const expectedRows = 8;

/** The tickets of the view, or why there are none. */
export function TicketList(props: TicketListProps) {
  const { inbox, viewerId, mayWrite, selected, onSelect, onSelectAll, showState, listRef } = props;
  const t = useTranslations('desk');
  const { rows, error, waiting, foundBy, hasMore, isLoadingMore } = inbox;
  if (rows === null && error !== null) {
    return (
      <Card>
        <ErrorState error={error} onRetry={inbox.retry} />
      </Card>
    );
  }
  return (
    <div className="relative min-w-0" ref={listRef}>
      <div role="status" className="sticky top-[calc(var(--sticky-top)+0.5rem)] z-20 flex h-0 justify-center">
        {waiting > 0 && (
          <Button small variant="primary" icon={ArrowUp} onClick={inbox.refresh}>
            {t('list.waiting', { count: waiting })}
          </Button>
        )}
      </div>
      {error !== null && rows !== null && <p className="mb-2 text-[0.8125rem] text-warn">{t('list.interrupted')}</p>}
      {foundBy !== null && rows !== null && rows.length > 0 && (
        <p className="mb-2 text-[0.8125rem] text-soft">{t(`found.${foundBy}`)}</p>
      )}
      <Card flush>
        {rows !== null && rows.length === 0 ? (
          <Nothing {...props} />
        ) : (
          <>
            {mayWrite && rows !== null && (
              <div className="flex items-center gap-3 border-b border-line px-4 py-2 text-[0.8125rem] text-soft">
                <input
                  id="desk-select-all"
                  type="checkbox"
                  checked={rows.every(({ id }) => selected.has(id))}
                  onChange={(event) => onSelectAll(event.target.checked)}
                  className="size-4 accent-accent"
                />
                <label htmlFor="desk-select-all">{t('list.selectAll')}</label>
              </div>
            )}
            <ul aria-label={t('list.label')} aria-busy={rows === null}>
              {rows === null
                ? Array.from({ length: expectedRows }, (_, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: rows that are all alike.
                    <TicketRowSkeleton key={index} />
                  ))
                : rows.map((ticket) => (
                    <TicketRow
                      key={ticket.id}
                      ticket={ticket}
                      excerpt={inbox.excerpts.get(ticket.id)}
                      viewerId={viewerId}
                      selected={selected.has(ticket.id)}
                      onSelect={mayWrite ? (on) => onSelect(ticket.id, on) : null}
                      showState={showState}
                    />
                  ))}
            </ul>
            {hasMore && <LoadMore busy={isLoadingMore} onMore={inbox.loadMore} />}
          </>
        )}
      </Card>
    </div>
  );
}

function Nothing({ inbox, isWhole, onClear }: TicketListProps) {
  const t = useTranslations('desk');
  const ui = useTranslations('ui');
  const maySet = useStaffCan('desk.write');
  const kind = inbox.foundBy !== null ? 'search' : isWhole ? 'inbox' : 'view';
  const text = inbox.foundBy === 'nothing' ? t('found.nothing') : t(`empty.${kind}Text`);
  return (
    <EmptyState
      icon={kind === 'inbox' ? InboxIcon : SearchX}
      title={t(`empty.${kind}`)}
      text={text}
      action={
        kind === 'inbox'
          ? maySet && (
              <Link to="/desk/mailboxes" className={buttonLook()}>
                {t('empty.mailboxes')}
              </Link>
            )
          : onClear && <Button onClick={onClear}>{ui('clearFilters')}</Button>
      }
    />
  );
}
