import { Megaphone, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged, usePages } from '../../api/queries.ts';
import type { StaffAnnouncement } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { AnnouncementDialog } from './announcement-dialog.tsx';

const levelTones: Readonly<Record<StaffAnnouncement['level'], Tone>> = {
  info: 'info',
  warning: 'warn',
  critical: 'bad',
};
const stateTones: Readonly<Record<StaffAnnouncement['state'], Tone>> = {
  live: 'good',
  scheduled: 'info',
  ended: 'neutral',
};

/** What staff tell customers. */
export function Page() {
  const t = useTranslations('siteSettings.announcements');
  const tShell = useTranslations('shell.pages');
  const announcements = usePages('/admin/v1/announcements', {});
  const changed = useChanged();
  const titleOf = useTitle();
  const columns = useColumns();
  const [editing, setEditing] = useState<StaffAnnouncement | 'new' | null>(null);
  const [removing, setRemoving] = useState<StaffAnnouncement | null>(null);
  const reread = () => changed('/admin/v1/announcements', '/control/v1/announcements');
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={tShell('operatorAnnouncements')} description={t('description')} actions={add} />
      <Card flush>
        <PagedTable
          label={t('list')}
          pages={announcements}
          rowKey={(row) => row.id}
          columns={columns}
          rowActions={(row) => (
            <>
              <IconButton small icon={Pencil} label={t('edit')} onClick={() => setEditing(row)} />
              <IconButton small icon={Trash2} label={t('remove')} onClick={() => setRemoving(row)} />
            </>
          )}
          empty={<EmptyState icon={Megaphone} title={t('emptyTitle')} text={t('emptyText')} action={add} />}
        />
      </Card>
      {editing && (
        <AnnouncementDialog
          announcement={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={reread}
        />
      )}
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { title: removing ? titleOf(removing) : '' })}
        consequences={[t('removeEffects.gone')]}
        action={t('remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await api.delete('/admin/v1/announcements/{announcement}', { params: { announcement: removing.id } });
          toast({ text: t('removed') });
          await reread();
        }}
      />
    </>
  );
}

/** The title in the reader's language, or the only one there is. */
function useTitle(): (announcement: StaffAnnouncement) => string {
  const { id } = useLanguage();
  return ({ title }) => title[id] || title[id === 'en' ? 'zh' : 'en'];
}

function useColumns(): readonly Column<StaffAnnouncement>[] {
  const t = useTranslations('siteSettings.announcements');
  const titleOf = useTitle();
  return [
    { id: 'title', header: t('title'), wrap: true, className: 'sm:max-w-96', cell: (row) => titleOf(row) },
    {
      id: 'level',
      header: t('level'),
      cell: (row) => <Badge tone={levelTones[row.level]}>{t(`levels.${row.level}`)}</Badge>,
    },
    {
      id: 'state',
      header: t('state'),
      cell: (row) => <StatusDot tone={stateTones[row.state]}>{t(`states.${row.state}`)}</StatusDot>,
    },
    { id: 'from', header: t('from'), cell: (row) => <Time at={row.starts_at} /> },
    {
      id: 'until',
      header: t('until'),
      cell: (row) => (row.ends_at === null ? t('untilRemoved') : <Time at={row.ends_at} />),
    },
    { id: 'by', header: t('by'), wideOnly: true, cell: (row) => row.created_by ?? '–' },
  ];
}
