import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { Calendar, TargetPolicy } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type Day, type DraftException, days } from './days.ts';
import { DuePreview } from './due-preview.tsx';
import { HolidaysEditor } from './holidays-editor.tsx';
import { freeId, rangesOf, textOf } from './hours.ts';

interface CalendarDialogProps {
  /** Null: a new one. */
  readonly calendar: Calendar | null;
  readonly taken: readonly string[];
  /** By which the preview is reckoned. */
  readonly example: TargetPolicy | null;
  readonly onClose: () => void;
}

type Week = Readonly<Record<Day, string>>;

const zones = Intl.supportedValuesOf('timeZone');
const office = '09:00–17:00';

/** Makes a calendar, or changes it: the week, the holidays, and what follows from them. */
export function CalendarDialog({ calendar, taken, example, onClose }: CalendarDialogProps) {
  const t = useTranslations('deskSettings.targets');
  const tUi = useTranslations('ui');
  const tShared = useTranslations('deskSettings');
  const changed = useChanged();
  const { timeZone } = useLanguage();
  const [name, setName] = useState(calendar?.name ?? '');
  const [zone, setZone] = useState(calendar?.time_zone ?? timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [week, setWeek] = useState<Week>(() => weekOf(calendar));
  const [holidays, setHolidays] = useState<readonly DraftException[]>(() =>
    (calendar?.exceptions ?? []).map(({ ranges, ...rest }, key) => ({ ...rest, key, hours: textOf(ranges) })),
  );
  const body = {
    name: name.trim(),
    time_zone: zone.trim(),
    week: Object.fromEntries(days.map((day) => [day, rangesOf(week[day]) ?? []])),
    exceptions: holidays
      .filter(({ date }) => date !== '')
      .map(({ date, name: own, hours }) => ({ date, name: own.trim(), ranges: rangesOf(hours) ?? [] }))
      .toSorted((one, other) => one.date.localeCompare(other.date)),
  };
  const check = () => ({
    ...Object.fromEntries(
      days.filter((day) => rangesOf(week[day]) === null).map((day) => [`week.${day}`, t('hoursUnread')]),
    ),
    ...Object.fromEntries(
      holidays.flatMap(({ hours }, index) =>
        rangesOf(hours) === null ? [[`exceptions.${index}.hours`, t('hoursUnread')]] : [],
      ),
    ),
    ...(days.every((day) => week[day].trim() === '') && { 'week.monday': t('neverOpen') }),
  });
  const save = async () => {
    const id = calendar?.id ?? freeId(name, taken, 'calendar');
    await api.put('/admin/v1/calendars/{calendar}', { params: { calendar: id }, body });
    await changed('/admin/v1/calendars');
    toast({ text: calendar ? tShared('saved') : t('calendarAdded', { name: body.name }) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title={calendar ? t('editCalendarTitle', { name: calendar.name }) : t('addCalendar')}
      description={calendar ? t('calendarEffect') : undefined}
    >
      <Form check={check} onSubmit={save}>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field name="name" label={t('name')} required>
            <TextInput maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field name="time_zone" label={t('zone')} required>
            <TextInput
              maxLength={64}
              list="desk-time-zones"
              autoComplete="off"
              value={zone}
              onChange={(event) => setZone(event.target.value)}
            />
          </Field>
          <datalist id="desk-time-zones">
            {zones.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </div>
        <WeekEditor week={week} onChange={setWeek} />
        <HolidaysEditor holidays={holidays} onChange={setHolidays} />
        {example && Object.keys(check()).length === 0 && (
          <section aria-label={t('preview')} className="grid gap-3 rounded-xl border border-line px-4 py-3.5">
            <p className="font-medium">{t('previewBy', { name: example.name })}</p>
            <DuePreview calendar={body} targets={example.targets} />
          </section>
        )}
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{calendar ? tShared('save') : t('addCalendar')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

interface WeekEditorProps {
  readonly week: Week;
  readonly onChange: (week: Week) => void;
}

function WeekEditor({ week, onChange }: WeekEditorProps) {
  const t = useTranslations('deskSettings.targets');
  const workdays = days.slice(0, 5);
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-medium">{t('week')}</legend>
      <p className="text-[0.8125rem] text-soft">{t('weekHint')}</p>
      <div className="grid gap-x-5 gap-y-3 sm:grid-cols-2">
        {days.map((day) => (
          <Field key={day} name={`week.${day}`} label={t(`days.${day}`)}>
            <TextInput
              maxLength={200}
              placeholder={t('closed')}
              value={week[day]}
              onChange={(event) => onChange({ ...week, [day]: event.target.value })}
            />
          </Field>
        ))}
        <div className="flex items-end">
          <Button
            small
            onClick={() => onChange({ ...week, ...Object.fromEntries(workdays.map((day) => [day, week.monday])) })}
          >
            {t('likeMonday')}
          </Button>
        </div>
      </div>
    </fieldset>
  );
}

function weekOf(calendar: Calendar | null): Week {
  const of = (day: Day, usual: string) => (calendar ? textOf(calendar.week[day] ?? []) : usual);
  return {
    monday: of('monday', office),
    tuesday: of('tuesday', office),
    wednesday: of('wednesday', office),
    thursday: of('thursday', office),
    friday: of('friday', office),
    saturday: of('saturday', ''),
    sunday: of('sunday', ''),
  };
}
