import { KeyRound, Plus } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useRead } from '../../api/queries.ts';
import type { Key } from '../../api/schema.ts';
import { Link, useFilters } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useGroups } from '../key-parts/offers.ts';
import { keyPath, listPath } from '../key-parts/use-key-moves.ts';
import { Connect } from './connect.tsx';

const most = 200;

/** Which tool, with which key: what to paste where, and whether it works. */
export function Page() {
  const t = useTranslations('connect');
  const { id: organization } = useOrganization();
  const query = { state: 'enabled', sort: '-last_used', limit: most } as const;
  const keys = useRead(listPath, { params: { organization }, query });
  const groups = useGroups();
  const named = useFilters(['key']).values.key;
  // One of more than a page, or one that works no more: it is asked for by itself.
  const isListed =
    keys.data?.data.some(({ id, prefix, expired }) => !expired && (id === named || prefix === named)) ?? true;
  const asked = useRead(
    keyPath,
    { params: { organization, key: named ?? '-' } },
    { enabled: named !== undefined && !isListed },
  );
  const reading = {
    ...keys,
    data: groups.data && keys.data,
    error: keys.error ?? groups.error,
    retry: () => {
      for (const each of [keys, groups]) if (each.error !== null) each.retry();
    },
  };
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Loaded reading={reading} skeleton={<ConnectSkeleton />}>
        {({ data }) => <Chosen keys={working(data, asked.data)} />}
      </Loaded>
    </>
  );
}

/** Those that calls can be made with; and the one that was asked for, whatever it is. */
function working(keys: readonly Key[], asked: Key | undefined): readonly Key[] {
  const usable = keys.filter(({ expired, id }) => !expired && id !== asked?.id);
  return asked ? [asked, ...usable] : usable;
}

function Chosen({ keys }: { readonly keys: readonly Key[] }) {
  return keys.length === 0 ? <NoKeys /> : <Connect keys={keys} />;
}

function NoKeys() {
  const t = useTranslations('connect');
  const canWrite = useCan('keys.write');
  return (
    <Card>
      <EmptyState
        icon={KeyRound}
        title={t('noKeys')}
        text={canWrite ? t('noKeysText') : t('noKeysReader')}
        action={
          canWrite && (
            <Link to="/keys/new" className={buttonLook('primary')}>
              <Plus aria-hidden="true" className="size-4" />
              {t('createKey')}
            </Link>
          )
        }
      />
    </Card>
  );
}

function ConnectSkeleton() {
  return (
    <div className="grid gap-5">
      <Card>
        <Skeleton className="h-56 w-full" />
      </Card>
      <Card>
        <Skeleton className="h-96 w-full" />
      </Card>
    </div>
  );
}
