import { useState } from 'react';
import { Field } from '../../ui/field.tsx';
import { formText } from '../../ui/form-text.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const dayMs = 86_400_000;
const presetDays = [7, 30, 90, 365] as const;

/** When the token ends: ISO 8601, null for never. */
export function expiryOf(values: FormData, nowMs: number): string | null {
  const preset = formText(values, 'expiry');
  if (preset === 'never') return null;
  if (preset === 'date') {
    // With the end of the day in the person's own zone.
    const end = new Date(`${formText(values, 'expires_at')}T23:59:59`);
    return Number.isNaN(end.getTime()) ? null : end.toISOString();
  }
  return new Date(nowMs + Number(preset) * dayMs).toISOString();
}

export function ExpiryFields() {
  const t = useTranslations('account.tokens');
  const [preset, setPreset] = useState('90');
  const tomorrow = new Date(Date.now() + dayMs).toISOString().slice(0, 10);
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field name="expiry" label={t('expires')} hint={t('expiryHint')}>
        <Select
          value={preset}
          onChange={(event) => setPreset(event.target.value)}
          options={[
            ...presetDays.map((days) => ({ value: String(days), label: t('days', { count: days }) })),
            { value: 'date', label: t('custom') },
            { value: 'never', label: t('never') },
          ]}
        />
      </Field>
      {preset === 'date' && (
        <Field name="expires_at" label={t('customLabel')} required>
          <TextInput type="date" min={tomorrow} />
        </Field>
      )}
    </div>
  );
}
