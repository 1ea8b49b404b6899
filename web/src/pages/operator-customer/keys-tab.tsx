import { KeyRound, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import type { CustomerPage } from '../../api/schema.ts';
import { useStaffCan } from '../../session.tsx';
import type { Tone } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';

type Key = CustomerPage['key_list'][number];
type KeyState = Key['state'] | 'expired';

const tones: Readonly<Record<KeyState, Tone>> = {
  enabled: 'good',
  disabled: 'bad',
  deleted: 'neutral',
  expired: 'warn',
};

function stateOf(key: Key): KeyState {
  const expired = key.expires_at !== null && Date.parse(key.expires_at) <= Date.now();
  return key.state === 'enabled' && expired ? 'expired' : key.state;
}

export function KeysTab({ customer }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  const words = useProblemWords();
  const changed = useChanged();
  const mayChange = useStaffCan('keys.write') && customer.state === 'active';
  const [stopping, setStopping] = useState<Key | null>(null);
  const reread = () => changed('/admin/v1/customers/{organization}');
  const enable = async (key: Key) => {
    try {
      await api.post('/admin/v1/keys/{key}/enable', { params: { key: key.id } });
      toast({ text: t('keyEnabled', { name: key.name }) });
      await reread();
    } catch (error) {
      toast({ tone: 'danger', text: words(asProblem(error)) });
    }
  };
  const columns: Column<Key>[] = [
    {
      id: 'key',
      header: t('keyName'),
      cell: (row) => (
        <>
          {row.name}
          <code className="block font-mono text-xs font-normal text-soft">{row.prefix}…</code>
        </>
      ),
    },
    { id: 'group', header: t('keyGroup'), cell: (row) => row.group },
    {
      id: 'owner',
      header: t('keyOwner'),
      cell: (row) =>
        row.owner_email ?? (row.project === null ? t('keyOwnOrganization') : t('keyProject', { name: row.project })),
    },
    {
      id: 'state',
      header: t('keyState'),
      cell: (row) => <StatusDot tone={tones[stateOf(row)]}>{t(`keyStates.${stateOf(row)}`)}</StatusDot>,
    },
    {
      id: 'used',
      header: t('lastUsed'),
      end: true,
      cell: (row) =>
        row.last_used_at === null ? (
          <span className="text-faint">{tShared('never')}</span>
        ) : (
          <Time at={row.last_used_at} show="relative" />
        ),
    },
  ];
  const actions = (row: Key) =>
    row.state === 'enabled' ? (
      <IconButton small icon={Pause} label={t('disableKey')} onClick={() => setStopping(row)} />
    ) : row.state === 'disabled' ? (
      <IconButton small icon={Play} label={t('enableKey')} onClick={() => void enable(row)} />
    ) : null;
  return (
    <Card flush>
      <DataTable
        label={t('keyList')}
        rows={customer.key_list}
        rowKey={(row) => row.id}
        columns={columns}
        {...(mayChange ? { rowActions: actions } : {})}
        empty={<EmptyState icon={KeyRound} title={t('noKeys')} text={t('noKeysText')} />}
      />
      <ConfirmDialog
        open={stopping !== null}
        onClose={() => setStopping(null)}
        title={t('disableKeyTitle', { name: stopping?.name ?? '' })}
        consequences={[t('disableKeyEffects.calls'), t('disableKeyEffects.owner')]}
        action={t('disableKey')}
        danger
        onConfirm={async () => {
          if (stopping === null) return;
          await api.post('/admin/v1/keys/{key}/disable', { params: { key: stopping.id } });
          toast({ text: t('keyDisabled', { name: stopping.name }) });
          await reread();
        }}
      />
    </Card>
  );
}
