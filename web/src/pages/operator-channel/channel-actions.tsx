import { Ban, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import type { Channel } from '../../api/schema.ts';
import { useGo } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { ChannelDialog } from '../operator-channels/channel-dialog.tsx';

interface ChannelActionsProps {
  readonly channel: Channel;
  /** Other channels of its group that are in use. */
  readonly othersInUse: number;
}

export function ChannelActions({ channel, othersInUse }: ChannelActionsProps) {
  const t = useTranslations('catalogue.channels');
  const tShared = useTranslations('catalogue');
  const words = useProblemWords();
  const go = useGo();
  const changed = useChanged();
  const [asked, setAsked] = useState<'edit' | 'disable' | 'remove' | null>(null);
  const close = () => setAsked(null);
  const { id, name } = channel;
  const othersText = t('disableEffects.others', { count: othersInUse });
  const reread = () => changed('/admin/v1/channels/{channel}', '/admin/v1/channels/health');
  const setEnabled = async (enabled: boolean) => {
    await api.put('/admin/v1/channels/{channel}', {
      params: { channel: id },
      query: { expect: 'existing' },
      body: { enabled },
    });
    toast({ text: t(enabled ? 'nowEnabled' : 'nowDisabled', { name }) });
    await reread();
  };
  const enable = () =>
    setEnabled(true).catch((error: unknown) => toast({ tone: 'danger', text: words(asProblem(error)) }));
  if (!useStaffCan('catalogue.write')) return null;
  return (
    <>
      <Button icon={Pencil} onClick={() => setAsked('edit')}>
        {tShared('edit')}
      </Button>
      {channel.enabled ? (
        <Button icon={Ban} onClick={() => setAsked('disable')}>
          {tShared('disable')}
        </Button>
      ) : (
        <Button icon={Play} onClick={() => void enable()}>
          {tShared('enable')}
        </Button>
      )}
      <Button icon={Trash2} onClick={() => setAsked('remove')}>
        {tShared('remove')}
      </Button>
      {asked === 'edit' && <ChannelDialog channel={channel} onClose={close} />}
      <ConfirmDialog
        open={asked === 'disable'}
        onClose={close}
        title={t('disableTitle', { name })}
        consequences={[t('disableEffects.calls'), othersText]}
        action={tShared('disable')}
        danger
        onConfirm={() => setEnabled(false)}
      />
      <ConfirmDialog
        open={asked === 'remove'}
        onClose={close}
        title={t('removeTitle', { name })}
        consequences={[
          t('disableEffects.calls'),
          ...(channel.enabled ? [othersText] : []),
          t('removeEffects.gone'),
          t('removeEffects.records'),
        ]}
        action={tShared('remove')}
        danger
        typed={id}
        onConfirm={async () => {
          await api.delete('/admin/v1/channels/{channel}', { params: { channel: id } });
          toast({ text: t('removed', { name }) });
          await go({ to: '/operator/channels', replace: true });
          await changed('/admin/v1/channels/health');
        }}
      />
    </>
  );
}
