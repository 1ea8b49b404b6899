import { Plus, Unplug } from 'lucide-react';
import { useState } from 'react';
import type { Group } from '../../api/schema.ts';
import { useGo } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ChannelDialog } from '../operator-channels/channel-dialog.tsx';
import { useHealthColumns } from '../operator-channels/health-columns.tsx';
import { useChannelHealth } from '../operator-parts/catalogue-reads.ts';

export function GroupChannels({ group }: { readonly group: Group }) {
  const t = useTranslations('catalogue.groups');
  const tChannels = useTranslations('catalogue.channels');
  const go = useGo();
  const health = useChannelHealth();
  const columns = useHealthColumns('group');
  const mayWrite = useStaffCan('catalogue.write');
  const [adding, setAdding] = useState(false);
  const add = mayWrite && (
    <Button small icon={Plus} onClick={() => setAdding(true)}>
      {tChannels('add')}
    </Button>
  );
  return (
    <Card title={t('channelList')} description={t('channelListText')} actions={add} flush>
      {health.error && !health.data ? (
        <ErrorState error={health.error} onRetry={health.retry} />
      ) : (
        <DataTable
          label={t('channelList')}
          rows={health.data?.data.filter((channel) => channel.group === group.id) ?? null}
          rowKey={(row) => row.id}
          rowLink={(row) => ({ to: '/operator/channels/$channel', params: { channel: row.id } })}
          columns={columns}
          expectedRows={2}
          empty={<EmptyState icon={Unplug} title={t('noChannels')} text={t('noChannelsText')} />}
        />
      )}
      {adding && (
        <ChannelDialog
          groupId={group.id}
          onClose={() => setAdding(false)}
          onSaved={(channel) => void go({ to: '/operator/channels/$channel', params: { channel: channel.id } })}
        />
      )}
    </Card>
  );
}
