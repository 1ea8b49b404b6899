import { AlarmClock } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useLanguage } from '../../language.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { Menu, MenuHeading, MenuItem } from '../../ui/menu.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { fromZoned, toZoned } from '../../zoned-time.ts';
import { useDo } from './people-cards.tsx';
import { type SnoozeName, snoozeNames, snoozeUntil } from './snooze-times.ts';

/** Puts a ticket aside until a time. */
export function SnoozeMenu({ ticket }: { readonly ticket: string }) {
  const t = useTranslations('desk.actions');
  const tDone = useTranslations('desk.done');
  const ui = useTranslations('ui');
  const { timeZone } = useLanguage();
  const { time } = useFormats();
  const run = useDo();
  const [choosing, setChoosing] = useState(false);
  const set = (until: string | null) =>
    api.post('/admin/v1/tickets/{ticket}/snooze', { params: { ticket }, body: { until } });
  const snooze = (until: string) =>
    run(
      () => set(until),
      tDone('snoozed', { id: ticket, time: time(new Date(until)) }),
      () => set(null),
    );
  const choose = (name: SnoozeName) => void snooze(snoozeUntil(name, Date.now(), timeZone));
  const submit = async (values: FormData) => {
    const until = fromZoned(formText(values, 'until'), timeZone);
    if (until !== null) await snooze(until);
    setChoosing(false);
  };
  return (
    <>
      <Menu
        label={t('snooze')}
        trigger={(trigger) => (
          <Button icon={AlarmClock} {...trigger}>
            {t('snooze')}
          </Button>
        )}
      >
        <MenuHeading>{t('snoozeUntil')}</MenuHeading>
        {snoozeNames.map((name) => (
          <MenuItem key={name} onSelect={() => choose(name)}>
            <span className="grow">{t(`snoozeTimes.${name}`)}</span>
            <span className="pl-4 text-xs text-soft">
              {time(new Date(snoozeUntil(name, Date.now(), timeZone)), 'minute')}
            </span>
          </MenuItem>
        ))}
        <MenuItem onSelect={() => setChoosing(true)}>{t('snoozeTimes.other')}</MenuItem>
      </Menu>
      <Dialog open={choosing} onClose={() => setChoosing(false)} title={t('snoozeOther')} description={t('snoozeText')}>
        <Form onSubmit={submit}>
          <Field name="until" label={t('snoozeAt')} required>
            <TextInput
              type="datetime-local"
              min={toZoned(new Date(Date.now() + 60_000).toISOString(), timeZone)}
              defaultValue={toZoned(snoozeUntil('tomorrow', Date.now(), timeZone), timeZone)}
            />
          </Field>
          <FormActions>
            <Button onClick={() => setChoosing(false)}>{ui('cancel')}</Button>
            <SubmitButton>{t('snooze')}</SubmitButton>
          </FormActions>
        </Form>
      </Dialog>
    </>
  );
}
