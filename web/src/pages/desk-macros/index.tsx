import { MessageSquareText, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import type { Macro } from '../../api/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ReadTable } from '../desk-settings-parts/read-card.tsx';
import { MacroDialog } from './macro-dialog.tsx';

/** Texts that staff write often. */
export function Page() {
  const t = useTranslations('deskSettings.macros');
  const tShell = useTranslations('shell.pages');
  const macros = useRead('/admin/v1/macros', {});
  const changed = useChanged();
  const columns = useMacroColumns();
  const [editing, setEditing] = useState<Macro | 'new' | null>(null);
  const [removing, setRemoving] = useState<Macro | null>(null);
  const reread = () => changed('/admin/v1/macros');
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={tShell('deskMacros')} description={t('description')} actions={add} />
      <ReadTable
        label={t('list')}
        reading={macros}
        columns={columns}
        rowKey={(row) => row.id}
        rowActions={(row) => (
          <>
            <IconButton small icon={Pencil} label={t('edit')} onClick={() => setEditing(row)} />
            <IconButton small icon={Trash2} label={t('remove')} onClick={() => setRemoving(row)} />
          </>
        )}
        empty={<EmptyState icon={MessageSquareText} title={t('emptyTitle')} text={t('emptyText')} action={add} />}
      />
      {editing && (
        <MacroDialog
          macro={editing === 'new' ? null : editing}
          lastPosition={Math.max(0, ...(macros.data?.data.map(({ position }) => position) ?? []))}
          onClose={() => setEditing(null)}
          onSaved={reread}
        />
      )}
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { name: removing?.name ?? '' })}
        consequences={[t('removeEffects.gone'), t('removeEffects.sent')]}
        action={t('remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await api.delete('/admin/v1/macros/{macro}', { params: { macro: removing.id } });
          toast({ text: t('removed', { name: removing.name }) });
          await reread();
        }}
      />
    </>
  );
}

function useMacroColumns(): readonly Column<Macro>[] {
  const t = useTranslations('deskSettings.macros');
  const tLocales = useTranslations('customers.locales');
  return [
    {
      id: 'name',
      header: t('name'),
      className: 'sm:max-w-96',
      cell: (row) => (
        <>
          {row.name}
          <span className="line-clamp-1 text-xs font-normal text-soft">{row.texts.en ?? row.texts.zh}</span>
        </>
      ),
    },
    {
      id: 'languages',
      header: t('languages'),
      cell: (row) => (
        <span className="flex gap-1 max-sm:justify-end">
          {(['en', 'zh'] as const)
            .filter((locale) => row.texts[locale] !== undefined)
            .map((locale) => (
              <Badge key={locale}>{tLocales(locale)}</Badge>
            ))}
        </span>
      ),
    },
    { id: 'also', header: t('also'), wrap: true, cell: (row) => <Also actions={row.actions} /> },
    {
      id: 'updated',
      header: t('updated'),
      wideOnly: true,
      cell: (row) => <Time at={row.updated_at} show="relative" />,
    },
  ];
}

/** What using a macro also does. */
function Also({ actions }: { readonly actions: Macro['actions'] }) {
  const tTickets = useTranslations('tickets');
  const { state, queue, priority, add_tags: tags = [] } = actions ?? {};
  const badges = [
    ...(state ? [tTickets(`states.${state}`)] : []),
    ...(queue ? [tTickets(`queues.${queue}`)] : []),
    ...(priority ? [tTickets(`priorities.${priority}`)] : []),
    ...tags.map((tag) => `#${tag}`),
  ];
  if (badges.length === 0) return '–';
  return (
    <span className="flex flex-wrap gap-1 max-sm:justify-end">
      {badges.map((badge) => (
        <Badge key={badge}>{badge}</Badge>
      ))}
    </span>
  );
}
