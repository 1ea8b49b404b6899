import { CircleCheck } from 'lucide-react';
import type { ChannelHealth } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { Condition } from '../operator-parts/condition.tsx';

interface FailingChannelsProps {
  readonly channels: readonly ChannelHealth[] | null;
  readonly mayOpen: boolean;
}

export function FailingChannels({ channels, mayOpen }: FailingChannelsProps) {
  const t = useTranslations('operator.overview');
  return (
    <Card
      title={t('channels')}
      description={t('channelsText')}
      actions={mayOpen && <TextLink to="/operator/channels">{t('allChannels')}</TextLink>}
    >
      {channels === null ? (
        <Skeleton className="h-40 w-full" />
      ) : channels.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('channelsGood')} text={t('channelsGoodText')} />
      ) : (
        <ul className="grid gap-4">
          {channels.map((channel) => (
            <FailingChannel key={channel.id} channel={channel} mayOpen={mayOpen} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function FailingChannel({ channel, mayOpen }: { readonly channel: ChannelHealth; readonly mayOpen: boolean }) {
  const t = useTranslations('operator.overview');
  const { number } = useFormats();
  const { id, name, group, calls, failures, main_failure: main } = channel;
  const facts = [
    calls > 0 ? t('channelCalls', { failures: number(failures), calls: number(calls) }) : null,
    main === null ? null : t('channelMain', { code: main }),
  ];
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
      <div className="min-w-0">
        {mayOpen ? (
          <TextLink to="/operator/channels/$channel" params={{ channel: id }} className="font-medium">
            {name}
          </TextLink>
        ) : (
          <span className="font-medium">{name}</span>
        )}
        <p className="text-[0.8125rem] text-soft">{[group, ...facts].filter(Boolean).join(' · ')}</p>
      </div>
      <Condition condition={channel.condition} />
    </li>
  );
}
