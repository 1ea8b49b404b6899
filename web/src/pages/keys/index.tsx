import { KeyRound, ListChecks, Plus, SearchX, ShieldAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { usePages } from '../../api/queries.ts';
import type { Key } from '../../api/schema.ts';
import { Link, useFilters } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { KeyDialogs, type KeyMove } from '../key-parts/key-dialogs.tsx';
import { LeakDialog } from '../key-parts/leak-dialog.tsx';
import { BulkDisable } from './bulk-disable.tsx';
import { type Choosing, useKeyColumns } from './columns.tsx';
import { filterNames, KeyFilters, queryOf } from './filters.tsx';
import { RowMenu } from './row-menu.tsx';

/** Last use and spend move while somebody looks. */
const everyMs = 15_000;

/** The keys that the reader may see. */
export function Page() {
  const t = useTranslations('keys');
  const { id: organization } = useOrganization();
  const canWrite = useCan('keys.write');
  const filters = useFilters(filterNames);
  const ask = { params: { organization }, query: queryOf(filters.values) };
  const pages = usePages('/control/v1/organizations/{organization}/keys', ask, { keepLast: true, everyMs });
  const [chosen, setChosen] = useState<ReadonlyMap<string, Key> | null>(null);
  const [move, setMove] = useState<KeyMove | null>(null);
  const [leak, setLeak] = useState<{ readonly key: Key | null } | null>(null);
  const choosing = useMemo<Choosing | null>(
    () =>
      chosen && {
        chosen,
        choose: (key, on) => {
          const next = new Map(chosen);
          if (on) next.set(key.id, key);
          else next.delete(key.id);
          setChosen(next);
        },
      },
    [chosen],
  );
  const columns = useKeyColumns(choosing);
  const { sort: _order, ...narrowing } = filters.values;
  const isNarrowed = Object.keys(narrowing).length > 0;
  const isEmpty = pages.rows?.length === 0 && !isNarrowed;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          canWrite && (
            <>
              <Button icon={ShieldAlert} onClick={() => setLeak({ key: null })}>
                {t('leaked')}
              </Button>
              <NewKeyLink />
            </>
          )
        }
      />
      {!isEmpty && (
        <KeyFilters
          filters={filters}
          actions={
            canWrite &&
            chosen === null && (
              <Button variant="ghost" icon={ListChecks} onClick={() => setChosen(new Map())}>
                {t('select')}
              </Button>
            )
          }
        />
      )}
      {chosen && <BulkDisable chosen={[...chosen.values()]} onEnd={() => setChosen(null)} />}
      <Card flush>
        <PagedTable
          label={t('title')}
          pages={pages}
          columns={columns}
          rowKey={({ id }) => id}
          rowLink={({ id }) => (choosing ? null : { to: '/keys/$key', params: { key: id } })}
          {...(canWrite && !choosing
            ? {
                rowActions: (key: Key) => <RowMenu shown={key} onMove={setMove} onLeak={() => setLeak({ key })} />,
              }
            : {})}
          empty={
            isNarrowed ? (
              <EmptyState
                icon={SearchX}
                title={t('emptyNarrowed')}
                text={t('emptyNarrowedText')}
                action={<Button onClick={filters.clear}>{t('clear')}</Button>}
              />
            ) : (
              <EmptyState
                icon={KeyRound}
                title={t('empty')}
                text={canWrite ? t('emptyText') : t('emptyTextReader')}
                action={canWrite && <NewKeyLink />}
              />
            )
          }
        />
      </Card>
      <KeyDialogs move={move} onClose={() => setMove(null)} />
      {leak && <LeakDialog known={leak.key} onClose={() => setLeak(null)} />}
    </>
  );
}

function NewKeyLink() {
  const t = useTranslations('keys');
  return (
    <Link to="/keys/new" className={buttonLook('primary')}>
      <Plus aria-hidden="true" className="size-4" />
      {t('create')}
    </Link>
  );
}
