import { Plus, X } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { DraftException } from './days.ts';

interface HolidaysEditorProps {
  readonly holidays: readonly DraftException[];
  readonly onChange: (holidays: readonly DraftException[]) => void;
}

const most = 1_000;

/** Dates on which it is otherwise than in other weeks. */
export function HolidaysEditor({ holidays, onChange }: HolidaysEditorProps) {
  const t = useTranslations('deskSettings.targets');
  const change = (index: number, own: Partial<DraftException>) =>
    onChange(holidays.map((each, at) => (at === index ? { ...each, ...own } : each)));
  const add = () => {
    const key = Math.max(-1, ...holidays.map((each) => each.key)) + 1;
    onChange([...holidays, { key, date: '', name: '', hours: '' }]);
  };
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-medium">{t('holidays')}</legend>
      <p className="text-[0.8125rem] text-soft">{t('holidaysHint')}</p>
      {holidays.map(({ key, date, name, hours }, index) => (
        <div key={key} className="flex items-end gap-2 rounded-xl border border-line px-3 py-2.5">
          <div className="grid min-w-0 grow gap-2 sm:grid-cols-[10rem_1fr_1fr]">
            <Field name={`exceptions.${index}.date`} label={t('date')} required>
              <TextInput
                type="date"
                min="2000-01-01"
                max="2099-12-31"
                value={date}
                onChange={(event) => change(index, { date: event.target.value })}
              />
            </Field>
            <Field name={`exceptions.${index}.name`} label={t('name')} required>
              <TextInput
                maxLength={100}
                value={name}
                onChange={(event) => change(index, { name: event.target.value })}
              />
            </Field>
            <Field name={`exceptions.${index}.hours`} label={t('openHours')}>
              <TextInput
                maxLength={200}
                placeholder={t('closed')}
                value={hours}
                onChange={(event) => change(index, { hours: event.target.value })}
              />
            </Field>
          </div>
          <IconButton
            icon={X}
            label={t('removeHoliday', { name: name || date || String(index + 1) })}
            onClick={() => onChange(holidays.filter((each) => each.key !== key))}
          />
        </div>
      ))}
      {holidays.length < most && (
        <div>
          <Button small icon={Plus} onClick={add}>
            {t('addHoliday')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
