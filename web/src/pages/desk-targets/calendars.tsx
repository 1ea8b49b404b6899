import { CalendarDays, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { Calendar } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ReadTable } from '../desk-settings-parts/read-card.tsx';
import { CalendarDialog } from './calendar-dialog.tsx';
import { days } from './days.ts';
import { textOf } from './hours.ts';
import { useCalendars, usePolicies } from './reads.ts';

/** When somebody works. */
export function Calendars() {
  const t = useTranslations('deskSettings.targets');
  const changed = useChanged();
  const { reading, calendars } = useCalendars();
  const { policies } = usePolicies();
  const columns = useCalendarColumns();
  const [editing, setEditing] = useState<Calendar | 'new' | null>(null);
  const [removing, setRemoving] = useState<Calendar | null>(null);
  const add = (
    <Button icon={Plus} onClick={() => setEditing('new')}>
      {t('addCalendar')}
    </Button>
  );
  const isUsed = typeof editing === 'object' && editing !== null;
  const example =
    policies?.find(({ newest }) => isUsed && newest.calendar === editing.id) ??
    policies?.find(({ newest }) => newest.id === 'pro');
  return (
    <>
      <ReadTable
        label={t('tab.calendars')}
        title={t('tab.calendars')}
        description={t('calendarsText')}
        actions={add}
        reading={reading}
        columns={columns}
        rowKey={(row) => row.id}
        rowActions={(row) => (
          <>
            <IconButton small icon={Pencil} label={t('edit')} onClick={() => setEditing(row)} />
            <IconButton small icon={Trash2} label={t('remove')} onClick={() => setRemoving(row)} />
          </>
        )}
        empty={<EmptyState icon={CalendarDays} title={t('noCalendars')} text={t('calendarsText')} action={add} />}
      />
      {editing && (
        <CalendarDialog
          calendar={editing === 'new' ? null : editing}
          taken={calendars?.map((each) => each.id) ?? []}
          example={example?.newest ?? null}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeCalendarTitle', { name: removing?.name ?? '' })}
        consequences={[t('removeCalendarEffect')]}
        action={t('remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await api.delete('/admin/v1/calendars/{calendar}', { params: { calendar: removing.id } });
          toast({ text: t('calendarRemoved', { name: removing.name }) });
          await changed('/admin/v1/calendars');
        }}
      />
    </>
  );
}

function useCalendarColumns(): readonly Column<Calendar>[] {
  const t = useTranslations('deskSettings.targets');
  return [
    {
      id: 'name',
      header: t('name'),
      cell: (row) => (
        <>
          {row.name}
          <code className="block font-mono text-xs font-normal text-soft">{row.id}</code>
        </>
      ),
    },
    { id: 'zone', header: t('zone'), cell: (row) => row.time_zone },
    { id: 'week', header: t('week'), wrap: true, cell: (row) => <WeekText week={row.week} /> },
    {
      id: 'holidays',
      header: t('holidays'),
      end: true,
      cell: (row) => t('holidayCount', { count: row.exceptions.length }),
    },
  ];
}

/** Days with the same hours stand together: Mon–Fri 09:00–17:00. */
function WeekText({ week }: { readonly week: Calendar['week'] }) {
  const t = useTranslations('deskSettings.targets');
  const { tag } = useLanguage();
  // The first Monday of 2026, for names of days alone.
  const short = (index: number) =>
    new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + index));
  const texts = days.map((day) => textOf(week[day] ?? []));
  const runs: { from: number; to: number; text: string }[] = [];
  for (const [index, text] of texts.entries()) {
    const last = runs.at(-1);
    if (last && last.text === text) last.to = index;
    else runs.push({ from: index, to: index, text });
  }
  const open = runs.filter(({ text }) => text !== '');
  if (open.length === 0) return t('closed');
  if (open.length === 1 && open[0]?.text === '00:00–24:00' && runs.length === 1) return t('aroundTheClock');
  return (
    <>
      {open.map(({ from, to, text }) => (
        <span key={from} className="block">
          {from === to ? short(from) : `${short(from)}–${short(to)}`} {text}
        </span>
      ))}
    </>
  );
}
