import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { Calendar, TargetPolicy } from '../../api/schema.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type Priority, priorities } from '../desk-settings-parts/values.ts';
import { DuePreview } from './due-preview.tsx';
import { freeId, hoursOfMs, msOfHours } from './hours.ts';
import { byUrgency, targetKinds } from './target-table.tsx';

interface PolicyDialogProps {
  /** Of which a new version is made; null: a new policy. */
  readonly policy: TargetPolicy | null;
  readonly taken: readonly string[];
  readonly calendars: readonly Calendar[];
  readonly onClose: () => void;
}

type Hours = Readonly<Record<Priority, Readonly<Record<(typeof targetKinds)[number], string>>>>;

/** 90 days. */
const hoursMax = 2_160;
const hoursPattern = '[0-9]{1,4}([.,][0-9]{1,2})?';

/** Makes a version of a policy. What tickets have now stays with them. */
export function PolicyDialog({ policy, taken, calendars, onClose }: PolicyDialogProps) {
  const t = useTranslations('deskSettings.targets');
  const tUi = useTranslations('ui');
  const changed = useChanged();
  const [name, setName] = useState(policy?.name ?? '');
  const [calendarId, setCalendarId] = useState(policy ? (policy.calendar ?? '') : (calendars[0]?.id ?? ''));
  const [hours, setHours] = useState<Hours>(() => hoursOf(policy?.targets));
  const targets = targetsOf(hours);
  const calendar = calendarId === '' ? null : calendars.find(({ id }) => id === calendarId);
  const save = async () => {
    const id = policy?.id ?? freeId(name, taken, 'policy');
    const body = { name: name.trim(), calendar: calendarId === '' ? null : calendarId, targets };
    await api.post('/admin/v1/target-policies/{policy}/versions', { params: { policy: id }, body });
    await changed('/admin/v1/target-policies');
    toast({ text: t('policySaved', { name: body.name }) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title={policy ? t('newVersionTitle', { name: policy.name }) : t('addPolicyTitle')}
    >
      <Form check={() => tooLong(hours, t('hoursTooMany', { most: hoursMax }))} onSubmit={save}>
        <Banner>{t('freeze')}</Banner>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field name="name" label={t('name')} required>
            <TextInput maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field name="calendar" label={t('calendar')}>
            <Select
              value={calendarId}
              onChange={(event) => setCalendarId(event.target.value)}
              options={[
                { value: '', label: t('aroundTheClock') },
                ...calendars.map(({ id, name: label }) => ({ value: id, label })),
              ]}
            />
          </Field>
        </div>
        <fieldset className="grid gap-3">
          <legend className="mb-1 font-medium">{t('targetsLegend')}</legend>
          <p className="text-[0.8125rem] text-soft">{t('targetsHint')}</p>
          {byUrgency.map((priority) => (
            <HoursRow
              key={priority}
              priority={priority}
              hours={hours[priority]}
              onChange={(own) => setHours({ ...hours, [priority]: own })}
            />
          ))}
        </fieldset>
        {calendar !== undefined && <DuePreview calendar={calendar} targets={targets} />}
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{policy ? t('newVersion') : t('addPolicy')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

interface HoursRowProps {
  readonly priority: Priority;
  readonly hours: Hours[Priority];
  readonly onChange: (hours: Hours[Priority]) => void;
}

function HoursRow({ priority, hours, onChange }: HoursRowProps) {
  const t = useTranslations('deskSettings.targets');
  const tTickets = useTranslations('tickets');
  return (
    <fieldset className="grid gap-x-4 gap-y-2 sm:grid-cols-[6rem_1fr_1fr_1fr] sm:items-end">
      <legend className="sr-only">{tTickets(`priorities.${priority}`)}</legend>
      <span aria-hidden="true" className="font-medium sm:pb-2">
        {tTickets(`priorities.${priority}`)}
      </span>
      {targetKinds.map((kind) => (
        <Field key={kind} name={`targets.${priority}.${kind}`} label={t(`kinds.${kind}`)}>
          <TextInput
            inputMode="decimal"
            maxLength={7}
            pattern={hoursPattern}
            title={t('targetsHint')}
            placeholder={t('bestEffort')}
            suffix={t('hourUnit')}
            value={hours[kind]}
            onChange={(event) => onChange({ ...hours, [kind]: event.target.value })}
          />
        </Field>
      ))}
    </fieldset>
  );
}

function hoursOf(targets: TargetPolicy['targets'] | undefined): Hours {
  const of = (priority: Priority) => ({
    first_response_ms: hoursOfMs(targets?.[priority].first_response_ms ?? null),
    next_response_ms: hoursOfMs(targets?.[priority].next_response_ms ?? null),
    resolution_ms: hoursOfMs(targets?.[priority].resolution_ms ?? null),
  });
  return { low: of('low'), normal: of('normal'), high: of('high'), urgent: of('urgent') };
}

function targetsOf(hours: Hours): TargetPolicy['targets'] {
  const of = (priority: Priority) => ({
    first_response_ms: readable(hours[priority].first_response_ms),
    next_response_ms: readable(hours[priority].next_response_ms),
    resolution_ms: readable(hours[priority].resolution_ms),
  });
  return { low: of('low'), normal: of('normal'), high: of('high'), urgent: of('urgent') };
}

/** What is being typed and is no number yet counts as nothing for the preview; the form refuses it. */
function readable(text: string): number | null {
  const ms = msOfHours(text);
  return ms === null || Number.isNaN(ms) || ms > hoursMax * 3_600_000 ? null : ms;
}

function tooLong(hours: Hours, words: string): Readonly<Record<string, string>> {
  const wrong = priorities.flatMap((priority) =>
    targetKinds
      .filter((kind) => (msOfHours(hours[priority][kind]) ?? 0) > hoursMax * 3_600_000)
      .map((kind) => [`targets.${priority}.${kind}`, words]),
  );
  return Object.fromEntries(wrong);
}
