import { History, Pencil, Plus, Send, Trash2, Webhook as WebhookIcon } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { ReadTable } from '../desk-settings-parts/read-card.tsx';
import { DeliveriesDialog } from './deliveries-dialog.tsx';
import { eventWord, type Webhook, webhookEvents } from './events.ts';
import { WebhookDialog } from './webhook-dialog.tsx';

/** Who is told by HTTP of what happens at the desk. */
export function Page() {
  const t = useTranslations('deskSettings.webhooks');
  const tShell = useTranslations('shell.pages');
  const webhooks = useRead('/admin/v1/desk-webhooks', {});
  const changed = useChanged();
  const columns = useWebhookColumns();
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const [showing, setShowing] = useState<Webhook | null>(null);
  const [removing, setRemoving] = useState<Webhook | null>(null);
  const test = useTest();
  const reread = () => changed('/admin/v1/desk-webhooks');
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={tShell('deskWebhooks')} description={t('description')} actions={add} />
      <ReadTable
        label={t('list')}
        reading={webhooks}
        columns={columns}
        rowKey={(row) => row.id}
        rowActions={(row) => (
          <>
            <IconButton
              small
              icon={Send}
              label={t('test')}
              disabled={test.running === row.id}
              onClick={() => void test.start(row)}
            />
            <IconButton small icon={History} label={t('deliveries')} onClick={() => setShowing(row)} />
            <IconButton small icon={Pencil} label={t('edit')} onClick={() => setEditing(row)} />
            <IconButton small icon={Trash2} label={t('remove')} onClick={() => setRemoving(row)} />
          </>
        )}
        empty={<EmptyState icon={WebhookIcon} title={t('emptyTitle')} text={t('emptyText')} action={add} />}
      />
      {editing && (
        <WebhookDialog webhook={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSaved={reread} />
      )}
      {showing && <DeliveriesDialog webhook={showing} onClose={() => setShowing(null)} />}
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { name: removing?.name ?? '' })}
        consequences={[t('removeEffects.stop'), t('removeEffects.secret')]}
        action={t('remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await api.delete('/admin/v1/desk-webhooks/{webhook}', { params: { webhook: removing.id } });
          toast({ text: t('removed', { name: removing.name }) });
          await reread();
        }}
      />
    </>
  );
}

/** Sends a test and says what came of it. */
function useTest() {
  const t = useTranslations('deskSettings.webhooks');
  const problemWords = useProblemWords();
  const changed = useChanged();
  const [running, setRunning] = useState<string | null>(null);
  const start = async ({ id, name }: Webhook) => {
    setRunning(id);
    try {
      const { delivered, error } = await api.post('/admin/v1/desk-webhooks/{webhook}/test', {
        params: { webhook: id },
      });
      if (delivered) toast({ text: t('tested', { name }) });
      else toast({ tone: 'danger', text: t('testFailed', { name, why: error ?? '' }) });
    } catch (error) {
      toast({ tone: 'danger', text: problemWords(asProblem(error)) });
    }
    setRunning(null);
    await changed('/admin/v1/desk-webhooks/{webhook}/deliveries');
  };
  return { running, start };
}

function useWebhookColumns(): readonly Column<Webhook>[] {
  const t = useTranslations('deskSettings.webhooks');
  return [
    {
      id: 'name',
      header: t('name'),
      className: 'sm:max-w-72',
      cell: (row) => (
        <>
          {row.name}
          <span className="block truncate text-xs font-normal text-soft">{new URL(row.url).host}</span>
        </>
      ),
    },
    { id: 'format', header: t('format'), cell: (row) => t(`formats.${row.format}`) },
    {
      id: 'events',
      header: t('events'),
      wrap: true,
      className: 'sm:max-w-96',
      cell: (row) =>
        row.events.length === webhookEvents.length ? (
          t('allEvents')
        ) : (
          <span className="flex flex-wrap gap-1 max-sm:justify-end">
            {row.events.map((event) => (
              <Badge key={event}>{t(`event.${eventWord(event)}`)}</Badge>
            ))}
          </span>
        ),
    },
    {
      id: 'state',
      header: t('state'),
      cell: (row) => (
        <StatusDot tone={row.enabled ? 'good' : 'neutral'}>{t(row.enabled ? 'enabled' : 'disabled')}</StatusDot>
      ),
    },
    {
      id: 'updated',
      header: t('updated'),
      wideOnly: true,
      cell: (row) => <Time at={row.updated_at} show="relative" />,
    },
  ];
}
