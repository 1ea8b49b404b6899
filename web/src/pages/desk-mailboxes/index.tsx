import { Mailbox as MailboxIcon, Pencil, PlugZap, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ReadTable } from '../desk-settings-parts/read-card.tsx';
import { ListenerCard } from './listener-card.tsx';
import type { Mailbox } from './mailbox.ts';
import { MailboxDialog } from './mailbox-dialog.tsx';
import { useMailboxTest } from './use-mailbox-test.ts';

/** The addresses that customers write to, and how their mail gets here. */
export function Page() {
  const t = useTranslations('deskSettings.mailboxes');
  const tShell = useTranslations('shell.pages');
  const mailboxes = useRead('/admin/v1/mailboxes', {});
  const changed = useChanged();
  const columns = useMailboxColumns();
  const test = useMailboxTest();
  const [editing, setEditing] = useState<Mailbox | 'new' | null>(null);
  const [removing, setRemoving] = useState<Mailbox | null>(null);
  const reread = () => changed('/admin/v1/mailboxes', '/admin/v1/mailroom');
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={tShell('deskMailboxes')} description={t('description')} actions={add} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <ReadTable
          label={t('list')}
          reading={mailboxes}
          columns={columns}
          rowKey={(row) => row.id}
          rowActions={(row) => (
            <>
              {row.imap && (
                <IconButton
                  small
                  icon={PlugZap}
                  label={t('test')}
                  disabled={test.running === row.id}
                  onClick={() => void test.start(row)}
                />
              )}
              <IconButton small icon={Pencil} label={t('edit')} onClick={() => setEditing(row)} />
              <IconButton small icon={Trash2} label={t('remove')} onClick={() => setRemoving(row)} />
            </>
          )}
          empty={<EmptyState icon={MailboxIcon} title={t('emptyTitle')} text={t('emptyText')} action={add} />}
        />
        <ListenerCard />
      </div>
      {editing && (
        <MailboxDialog mailbox={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSaved={reread} />
      )}
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { address: removing?.address ?? '' })}
        consequences={[t('removeEffects.refused'), t('removeEffects.kept')]}
        action={t('remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await api.delete('/admin/v1/mailboxes/{mailbox}', { params: { mailbox: removing.id } });
          toast({ text: t('removed', { address: removing.address }) });
          await reread();
        }}
      />
    </>
  );
}

function useMailboxColumns(): readonly Column<Mailbox>[] {
  const t = useTranslations('deskSettings.mailboxes');
  const tShared = useTranslations('deskSettings');
  const tLocales = useTranslations('customers.locales');
  return [
    {
      id: 'address',
      header: t('address'),
      cell: (row) => (
        <>
          {row.address}
          <span className="block text-xs font-normal text-soft">{row.name}</span>
        </>
      ),
    },
    { id: 'purpose', header: t('purpose'), cell: (row) => <Badge>{tShared(`purposes.${row.purpose}`)}</Badge> },
    {
      id: 'signatures',
      header: t('signatures'),
      wideOnly: true,
      cell: ({ signatures }) =>
        (['en', 'zh'] as const)
          .filter((locale) => signatures[locale])
          .map((locale) => tLocales(locale))
          .join(', ') || '–',
    },
    {
      id: 'way',
      header: t('way'),
      cell: ({ imap }) => (imap === null ? t('byListener') : t('byImap', { host: imap.host })),
    },
    { id: 'state', header: t('state'), wrap: true, cell: (row) => <MailboxState mailbox={row} /> },
  ];
}

function MailboxState({ mailbox: { enabled, imap, poll } }: { readonly mailbox: Mailbox }) {
  const t = useTranslations('deskSettings.mailboxes');
  const state = !enabled ? 'off' : imap === null ? 'open' : poll?.error ? 'failing' : poll?.polled_at ? 'read' : 'soon';
  const tones: Readonly<Record<typeof state, Tone>> = {
    off: 'neutral',
    open: 'good',
    failing: 'bad',
    read: 'good',
    soon: 'info',
  };
  return (
    <>
      <StatusDot tone={tones[state]}>{t(`states.${state}`)}</StatusDot>
      {state === 'read' && poll?.polled_at && (
        <span className="block text-xs text-soft">
          <Time at={poll.polled_at} show="relative" />
        </span>
      )}
      {state === 'failing' && <span className="block text-xs wrap-anywhere text-danger">{poll?.error?.message}</span>}
    </>
  );
}
