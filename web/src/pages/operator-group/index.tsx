import { useRead } from '../../api/queries.ts';
import type { Group } from '../../api/schema.ts';
import { useParam } from '../../navigation.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { BackLink } from '../operator-parts/back-link.tsx';
import { Aliases } from './aliases.tsx';
import { GroupActions } from './group-actions.tsx';
import { GroupChannels } from './group-channels.tsx';
import { GroupModels } from './group-models.tsx';

/** One group: its terms, its channels, its models and the names that lead to them. */
export function Page() {
  const t = useTranslations('catalogue.groups');
  const tShared = useTranslations('catalogue');
  const group = useParam('group');
  const reading = useRead('/admin/v1/groups/{group}', { params: { group } });
  const models = useRead('/admin/v1/groups/{group}/models', { params: { group } });
  const { data, error } = reading;
  return (
    <>
      <PageHeader
        title={data?.display_name ?? group}
        back={<BackLink to="/operator/groups">{t('back')}</BackLink>}
        badge={
          data && (
            <Badge tone={data.enabled ? 'good' : 'neutral'}>{tShared(data.enabled ? 'enabled' : 'disabled')}</Badge>
          )
        }
        actions={data && <GroupActions group={data} />}
      />
      {error && !data ? (
        <Card>
          <ErrorState error={error} onRetry={reading.retry} />
        </Card>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <Card>{data ? <GroupFacts group={data} /> : <FactsSkeleton count={6} columns={3} />}</Card>
          {data ? (
            <>
              <GroupChannels group={data} />
              <div className="grid items-start gap-5 lg:grid-cols-2">
                <GroupModels group={data} models={models} />
                <Aliases group={data} models={models.data?.models ?? []} />
              </div>
            </>
          ) : (
            <Skeleton className="h-96 w-full" />
          )}
        </div>
      )}
    </>
  );
}

function GroupFacts({ group }: { readonly group: Group }) {
  const t = useTranslations('catalogue.groups');
  const tShared = useTranslations('catalogue');
  const facts = [
    { id: 'vendor', label: tShared('vendor'), value: group.vendor },
    { id: 'multiplier', label: t('multiplier'), value: `×${group.multiplier}` },
    { id: 'kind', label: t('kind'), value: t(`kinds.${group.kind}`) },
    { id: 'pass', label: t('passThroughShort'), value: t(group.pass_through ? 'relayed' : 'refused') },
    { id: 'changed', label: tShared('changedAt'), value: <Time at={group.updated_at} show="relative" focusable /> },
    { id: 'id', label: tShared('id'), value: <IdText id={group.id} /> },
  ];
  return <Facts facts={facts} columns={3} />;
}
