import { useState } from 'react';
import { useLanguage } from '../../language.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { fromZoned, toZoned } from '../../zoned-time.ts';
import { type Expiry, expiresAt, expiryPresets } from './key-body.ts';

interface ExpiryFieldProps {
  /** ISO 8601; null is never. */
  readonly initial: string | null;
}

/** The end of a key: presets, or a time of the reader's own in their zone. Read with `expiryOf`. */
export function ExpiryField({ initial }: ExpiryFieldProps) {
  const t = useTranslations('keys.form');
  const { timeZone } = useLanguage();
  const { time } = useFormats();
  const [expiry, setExpiry] = useState<Expiry>(initial === null ? 'never' : 'at');
  const [nowMs] = useState(Date.now);
  // What has ended already may stay so.
  const earliest = initial !== null && Date.parse(initial) < nowMs ? initial : new Date(nowMs).toISOString();
  const end = expiry === 'at' ? null : expiresAt(expiry, null, nowMs);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field
        name="expiry"
        label={t('expiry')}
        hint={end === null ? t('expiryHint') : t('endsAt', { at: time(new Date(end)) })}
      >
        <Select value={expiry} onChange={(event) => setExpiry(asExpiry(event.target.value))}>
          <option value="never">{t('never')}</option>
          {expiryPresets.map((days) => (
            <option key={days} value={days}>
              {t('days', { days: Number(days) })}
            </option>
          ))}
          <option value="at">{t('ownTime')}</option>
        </Select>
      </Field>
      {expiry === 'at' && (
        <Field name="expires_at" label={t('endsOn')} required>
          <TextInput
            type="datetime-local"
            min={toZoned(earliest, timeZone)}
            max="9999-12-31T23:59"
            defaultValue={initial === null ? '' : toZoned(initial, timeZone)}
          />
        </Field>
      )}
    </div>
  );
}

/** What the field holds, as the API takes it. */
export function expiryOf(values: FormData, timeZone: string | undefined, nowMs: number): string | null {
  const at = fromZoned(String(values.get('expires_at') ?? ''), timeZone);
  return expiresAt(asExpiry(String(values.get('expiry') ?? 'never')), at, nowMs);
}

function asExpiry(value: string): Expiry {
  return value === 'at' ? 'at' : (expiryPresets.find((days) => days === value) ?? 'never');
}
