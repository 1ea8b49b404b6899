import { useRead } from '../../api/queries.ts';
import type { Channel } from '../../api/schema.ts';
import { TextLink, useParam } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts, FactsSkeleton } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { BackLink } from '../operator-parts/back-link.tsx';
import { useChannelHealth } from '../operator-parts/catalogue-reads.ts';
import { Condition } from '../operator-parts/condition.tsx';
import { ChannelActions } from './channel-actions.tsx';
import { TestButton, TestOutcome, useChannelTest } from './channel-test.tsx';
import { Health } from './health.tsx';

/** One channel: how it does, what it is, and a test. */
export function Page() {
  const t = useTranslations('catalogue.channels');
  const channel = useParam('channel');
  const reading = useRead('/admin/v1/channels/{channel}', { params: { channel } });
  const all = useChannelHealth().data?.data ?? null;
  const health = all?.find(({ id }) => id === channel) ?? null;
  const test = useChannelTest(channel);
  const { data, error } = reading;
  return (
    <>
      <PageHeader
        title={data?.name ?? channel}
        back={<BackLink to="/operator/channels">{t('back')}</BackLink>}
        badge={health && <Condition condition={health.condition} />}
        actions={
          data && (
            <ChannelActions
              channel={data}
              othersInUse={
                all?.filter((each) => each.group === data.group && each.id !== data.id && each.condition !== 'disabled')
                  .length ?? 0
              }
            />
          )
        }
      />
      {error && !data ? (
        <Card>
          <ErrorState error={error} onRetry={reading.retry} />
        </Card>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <Card title={t('health')} description={t('testText')} actions={data && <TestButton test={test} />}>
            <div className="flex flex-col gap-4">
              <TestOutcome test={test} />
              {health ? <Health health={health} /> : <FactsSkeleton count={7} />}
            </div>
          </Card>
          <Card title={t('settings')}>
            {data ? <Settings channel={data} /> : <FactsSkeleton count={9} columns={3} />}
          </Card>
        </div>
      )}
    </>
  );
}

function Settings({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('catalogue.channels');
  const tShared = useTranslations('catalogue');
  const tFamilies = useTranslations('operator.families');
  const { credential } = channel;
  const digits = credential.last_four;
  const facts = [
    {
      id: 'group',
      label: t('group'),
      value: (
        <TextLink to="/operator/groups/$group" params={{ group: channel.group }}>
          {channel.group}
        </TextLink>
      ),
    },
    {
      id: 'url',
      label: t('baseUrl'),
      value: <code className="font-mono text-[0.8125rem] break-all">{channel.base_url}</code>,
    },
    {
      id: 'credential',
      label: t('credential'),
      value: (
        <span className={credential.state === 'unreadable' ? 'text-danger' : ''}>
          {t(`credentials.${credential.state}`)}
          {digits !== null && `, ${t('lastFour', { digits })}`}
        </span>
      ),
    },
    { id: 'weight', label: t('weight'), value: <Numbers value={channel.weight} /> },
    { id: 'wire', label: t('wire'), value: tFamilies(channel.wire) },
    { id: 'region', label: t('region'), value: channel.region ?? t('everyRegion') },
    { id: 'created', label: tShared('created'), value: <Time at={channel.created_at} focusable /> },
    { id: 'changed', label: tShared('changedAt'), value: <Time at={channel.updated_at} show="relative" focusable /> },
    { id: 'id', label: tShared('id'), value: <IdText id={channel.id} /> },
  ];
  return <Facts facts={facts} columns={3} />;
}
