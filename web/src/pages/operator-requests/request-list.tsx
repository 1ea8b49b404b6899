import { ArrowUp, Inbox, SearchX } from 'lucide-react';
import { useRef } from 'react';
import type { Ask } from '../../api/client.ts';
import { useLiveList } from '../../api/live-list.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useHeld } from '../requests/held.ts';
import { useStaffRequestColumns } from './columns.tsx';

interface RequestListProps {
  readonly ask: Ask<'/admin/v1/requests'>;
  readonly narrowed: boolean;
}

/** The list of one question; another question has another list (`key`). */
export function RequestList({ ask, narrowed }: RequestListProps) {
  const t = useTranslations('operator.requests');
  const tRequests = useTranslations('requests');
  const place = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const held = useHeld(place, top);
  const list = useLiveList('/admin/v1/requests', ask, { live: true, held });
  const columns = useStaffRequestColumns();
  const { rows, waiting, showWaiting, arrived, searchedBackTo, hasMore } = list;
  const back = searchedBackTo;
  return (
    <div className="relative">
      <div ref={top} />
      <div role="status" className="sticky top-[calc(var(--sticky-top)+0.5rem)] z-20 flex h-0 justify-center">
        {waiting > 0 && (
          <Button small variant="primary" icon={ArrowUp} onClick={showWaiting}>
            {tRequests('waiting', { count: waiting })}
          </Button>
        )}
      </div>
      <div ref={place}>
        <Card flush>
          <PagedTable
            label={t('list')}
            pages={list}
            columns={columns}
            expectedRows={12}
            rowKey={(row) => row.id}
            rowLink={(row) => ({ to: '/operator/requests/$id', params: { id: row.id } })}
            rowClass={(row) => (arrived.has(row.id) ? 'animate-arrive' : undefined)}
            rowActions={(row) => <CopyButton small text={row.id} label={tRequests('copyId', { id: row.id })} />}
            empty={
              narrowed ? (
                <EmptyState
                  icon={SearchX}
                  title={t('emptyTitle')}
                  text={t('emptyText')}
                  action={
                    hasMore && (
                      <Button busy={list.isLoadingMore} onClick={list.loadMore}>
                        {t('further')}
                      </Button>
                    )
                  }
                />
              ) : (
                <EmptyState icon={Inbox} title={t('emptyFirst')} text={t('emptyFirstText')} />
              )
            }
          />
        </Card>
      </div>
      {rows !== null && hasMore && back !== null && (
        <p className="mt-3 text-center text-xs text-faint">
          {t.rich('searchedBack', { time: () => <Time at={back} /> })}
        </p>
      )}
    </div>
  );
}
