import { Ban, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import type { Group } from '../../api/schema.ts';
import { useGo } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { GroupDialog } from '../operator-groups/group-dialog.tsx';

export function GroupActions({ group }: { readonly group: Group }) {
  const t = useTranslations('catalogue.groups');
  const tShared = useTranslations('catalogue');
  const words = useProblemWords();
  const go = useGo();
  const changed = useChanged();
  const [asked, setAsked] = useState<'edit' | 'disable' | 'remove' | null>(null);
  const close = () => setAsked(null);
  const { id, display_name: name } = group;
  const reread = () => changed('/admin/v1/groups', '/admin/v1/groups/{group}', '/admin/v1/channels/health');
  const setEnabled = async (enabled: boolean) => {
    await api.put('/admin/v1/groups/{group}', {
      params: { group: id },
      query: { expect: 'existing' },
      body: { enabled },
    });
    toast({ text: tShared('saved') });
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
      {group.enabled ? (
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
      {asked === 'edit' && <GroupDialog group={group} onClose={close} />}
      <ConfirmDialog
        open={asked === 'disable'}
        onClose={close}
        title={t('disableTitle', { name })}
        consequences={[t('disableEffects.calls'), t('disableEffects.keys')]}
        action={tShared('disable')}
        danger
        onConfirm={() => setEnabled(false)}
      />
      <ConfirmDialog
        open={asked === 'remove'}
        onClose={close}
        title={t('removeTitle', { name })}
        consequences={[t('removeEffects.gone'), t('removeEffects.keys')]}
        action={tShared('remove')}
        danger
        typed={id}
        onConfirm={async () => {
          await api.delete('/admin/v1/groups/{group}', { params: { group: id } });
          toast({ text: t('removed', { name }) });
          await go({ to: '/operator/groups', replace: true });
          await reread();
        }}
      />
    </>
  );
}
