import { ArrowUp, LifeBuoy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Ask } from '../../api/client.ts';
import { useLiveList } from '../../api/live-list.ts';
import type { Request } from '../../api/schema.ts';
import { Link } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useRequestColumns } from './columns.tsx';
import { NothingFound, NothingYet } from './empty.tsx';
import { useHeld } from './held.ts';

export const listPath = '/control/v1/organizations/{organization}/requests';

interface RequestListProps {
  readonly ask: Ask<typeof listPath>;
  readonly live: boolean;
  readonly narrowed: boolean;
  readonly onClear: () => void;
  /** Told what is shown. */
  readonly onRows: (rows: readonly Request[]) => void;
}

/** The list of one question; another question has another list (`key`). */
export function RequestList({ ask, live, narrowed, onClear, onRows }: RequestListProps) {
  const t = useTranslations('requests');
  const columns = useRequestColumns();
  const place = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const held = useHeld(place, top);
  const list = useLiveList(listPath, ask, { live, held });
  const { rows } = list;
  useEffect(() => {
    if (rows !== null && rows.length > 0) onRows(rows);
  }, [rows, onRows]);
  const { waiting, showWaiting, arrived, searchedBackTo, hasMore } = list;
  const rich = { time: () => (searchedBackTo === null ? null : <Time at={searchedBackTo} />) };
  const showNew = () => {
    showWaiting();
    top.current?.scrollIntoView({ block: 'center' });
  };
  return (
    <div className="relative">
      <div ref={top} />
      <NewPill count={waiting} onShow={showNew} />
      <div ref={place}>
        <Card flush>
          <PagedTable
            label={t('label')}
            pages={list}
            columns={columns}
            expectedRows={12}
            rowKey={(row) => row.id}
            rowLink={(row) => ({ to: '/requests/$id', params: { id: row.id } })}
            rowClass={(row) => (arrived.has(row.id) ? 'animate-arrive' : undefined)}
            rowActions={(row) => <RowActions row={row} />}
            empty={
              narrowed ? (
                <NothingFound searchedBackTo={searchedBackTo} more={hasMore ? list : null} onClear={onClear} />
              ) : (
                <NothingYet />
              )
            }
          />
        </Card>
      </div>
      {rows !== null && rows.length > 0 && (
        <p className="mt-3 text-center text-xs text-faint">
          {hasMore && searchedBackTo !== null ? t.rich('searchedBackTo', rich) : hasMore ? ' ' : t('searchedAll')}
        </p>
      )}
      {list.isInterrupted && (
        <p role="status" className="mt-3 text-center text-xs text-warn">
          {t('liveInterrupted')}
        </p>
      )}
    </div>
  );
}

function RowActions({ row: { id, fault } }: { readonly row: Request }) {
  const t = useTranslations('requests');
  const ask = t('askSupport', { id });
  return (
    <span className="inline-flex items-center">
      {fault !== null && (
        <Link
          to="/help/tickets/new"
          search={{ request: id }}
          aria-label={ask}
          title={ask}
          className="grid size-7 place-items-center rounded-lg text-soft hover:bg-sunk hover:text-ink"
        >
          <LifeBuoy aria-hidden="true" className="size-4" />
        </Link>
      )}
      <CopyButton small text={id} label={t('copyId', { id })} />
    </span>
  );
}

/** Takes no room, so that nothing moves when it comes. */
function NewPill({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  const t = useTranslations('requests');
  return (
    <div role="status" className="sticky top-[calc(var(--sticky-top)+0.5rem)] z-20 flex h-0 justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="flex h-8 items-center gap-1.5 rounded-full bg-accent px-3.5 text-[0.8125rem] font-medium text-on-accent shadow-float hover:bg-accent-strong"
        >
          <ArrowUp aria-hidden="true" className="size-3.5" />
          {t('waiting', { count })}
        </button>
      )}
    </div>
  );
}
