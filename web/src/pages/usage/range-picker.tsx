import { CalendarDays, Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Field } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { isDate, presets } from '../../usage/periods.ts';
import { useSpokenDates } from '../../usage/spoken-dates.ts';
import { useTimeZone } from '../../usage/time-zone.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { TabProps } from './parts.ts';

interface RangePickerProps extends Pick<TabProps, 'view' | 'views'> {
  readonly today: string;
}

export function RangePicker({ view, views, today }: RangePickerProps) {
  const t = useTranslations('usage');
  const spoken = useSpokenDates()(view.dates);
  const days = spoken.from === spoken.to ? spoken.from : `${spoken.from} – ${spoken.to}`;
  return (
    <Popover
      label={t('range')}
      trigger={(attributes) => (
        <Button icon={CalendarDays} {...attributes}>
          {view.preset === null ? (
            days
          ) : (
            <>
              {t(`ranges.${view.preset}`)}
              <span className="font-normal text-soft max-sm:hidden"> · {days}</span>
            </>
          )}
        </Button>
      )}
    >
      {(close) => (
        <div className="grid max-w-full sm:grid-cols-[11rem_17rem]">
          <div className="grid content-start gap-px p-2">
            {presets.map((preset) => (
              <button
                key={preset}
                type="button"
                aria-pressed={view.preset === preset}
                onClick={() => {
                  views.set({ range: preset, from: undefined, to: undefined });
                  close();
                }}
                className="flex min-h-9 items-center gap-2 rounded-lg px-2.5 text-left hover:bg-sunk"
              >
                <Check
                  aria-hidden="true"
                  className={cx('size-4 shrink-0 text-accent', view.preset !== preset && 'invisible')}
                />
                {t(`ranges.${preset}`)}
              </button>
            ))}
          </div>
          <OwnDates view={view} views={views} today={today} onDone={close} />
        </div>
      )}
    </Popover>
  );
}

function OwnDates({ view, views, today, onDone }: RangePickerProps & { readonly onDone: () => void }) {
  const t = useTranslations('usage');
  const zone = useTimeZone();
  const [from, setFrom] = useState(view.dates.from);
  const [to, setTo] = useState(view.dates.to);
  const backwards = isDate(from) && isDate(to) && from > to;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isDate(from) || !isDate(to) || backwards) return;
    views.set({ range: undefined, from, to });
    onDone();
  };
  return (
    <form onSubmit={submit} className="grid gap-3 border-line p-4 max-sm:border-t sm:border-l">
      <p className="font-medium">{t('ranges.custom')}</p>
      <Field name="from" label={t('rangeFrom')}>
        <TextInput
          type="date"
          required
          min="2020-01-01"
          max={today}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </Field>
      <Field name="to" label={t('rangeTo')} hint={t('rangeToHint')} error={backwards ? t('rangeBackwards') : undefined}>
        <TextInput
          type="date"
          required
          min="2020-01-01"
          max={today}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </Field>
      <p className="text-[0.8125rem] text-soft">{t('rangeZone', { zone })}</p>
      <Button type="submit" variant="primary">
        {t('rangeShow')}
      </Button>
    </form>
  );
}
