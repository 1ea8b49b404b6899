import type { Key } from '../../api/schema.ts';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { amountPattern, spendWindows } from './key-body.ts';

/** What a key gets where nothing is said: `keys.requests_per_minute`. */
const usualPerMinute = 60;

/** The limits of a key, each with what it does. Read with `limitsOf`. */
export function LimitFields({ limits }: { readonly limits?: Key['limits'] }) {
  const t = useTranslations('keys.form');
  return (
    <div className="grid gap-5">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {spendWindows.map((window) => (
          <Field
            key={window}
            name={`limits.spend_usd.${window}`}
            label={t(`spend.${window}`)}
            hint={t(`spendHint.${window}`)}
          >
            <TextInput
              inputMode="decimal"
              pattern={amountPattern}
              title={t('amountForm')}
              placeholder={t('noLimit')}
              suffix="USD"
              defaultValue={limits?.spend_usd[window] ?? ''}
            />
          </Field>
        ))}
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field
          name="limits.requests_per_minute"
          label={t('perMinute')}
          hint={t('perMinuteHint')}
          required={limits !== undefined}
        >
          <TextInput
            type="number"
            min={1}
            max={100_000}
            placeholder={String(usualPerMinute)}
            defaultValue={limits?.requests_per_minute ?? ''}
          />
        </Field>
        <Field name="limits.tokens_per_minute" label={t('tokens')} hint={t('tokensHint')}>
          <TextInput
            type="number"
            min={1}
            max={1_000_000_000_000}
            placeholder={t('noLimit')}
            defaultValue={limits?.tokens_per_minute ?? ''}
          />
        </Field>
        <Field name="limits.concurrency" label={t('concurrency')} hint={t('concurrencyHint')}>
          <TextInput
            type="number"
            min={1}
            max={100_000}
            placeholder={t('noLimit')}
            defaultValue={limits?.concurrency ?? ''}
          />
        </Field>
      </div>
    </div>
  );
}
